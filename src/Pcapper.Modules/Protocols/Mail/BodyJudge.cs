namespace Pcapper.Modules.Protocols.Mail;

/// <summary>Counts what lines like <c>Password: hunter2</c> tell.</summary>
internal static class BodyJudge
{
    private const int LongestLabel = 40;
    private const int LongestValue = 256;

    /// <summary>Judges lines of text.</summary>
    public static BodyFacts Judge(string text, string? subject)
    {
        int passwords = 0;
        int users = 0;
        int hosts = 0;
        int machine = 0;
        string? computer = null;
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.Trim(" \t>*-•");
            int mark = line[..Math.Min(line.Length, LongestLabel)].IndexOfAny(':', '=');
            if (mark <= 0)
            {
                continue;
            }

            string label = line[..mark].Trim().ToString().ToLowerInvariant();
            ReadOnlySpan<char> value = line[(mark + 1)..].Trim();
            if (value.IsEmpty || value.Length > LongestValue)
            {
                continue;
            }

            bool isWord = !value.Contains(' ');
            passwords += isWord && label is "password" or "pass" or "passwd" or "pwd" or "passwort" or "mot de passe" or "contraseña" or "senha" or "parola" ? 1 : 0;
            users += isWord && label is "username" or "user" or "login" or "user id" or "userid" or "account" or "email" or "e-mail" or "user name" ? 1 : 0;
            hosts += isWord && label is "host" or "hostname" or "url" or "site" or "server" or "website" or "web site" or "origin" or "target" ? 1 : 0;
            int place = Machine(label);
            machine |= place < 0 ? 0 : 1 << place;
            computer ??= place == 1 && value.Length >= 3 ? value.ToString() : null;
        }

        return new BodyFacts(passwords, users, hosts, System.Numerics.BitOperations.PopCount((uint)machine), computer is not null && subject?.Contains(computer, StringComparison.OrdinalIgnoreCase) == true);
    }

    private static int Machine(string label) => label switch
    {
        "user name" or "windows user" or "logged user" => 0,
        "computer name" or "computername" or "pc name" or "machine name" or "machinename" or "pcname" or "computer" => 1,
        "osfullname" or "os" or "os full name" or "operating system" or "os name" or "windows" or "osversion" or "os version" => 2,
        "cpu" or "processor" or "cpu name" => 3,
        "ram" or "memory" or "total ram" or "physical memory" => 4,
        "ip address" or "ip" or "external ip" or "public ip" or "local ip" => 5,
        "time" or "date" or "local time" or "log date" or "pc time" => 6,
        "hwid" or "machine id" or "serial" or "uuid" or "guid" => 7,
        "gpu" or "video card" or "screen" or "resolution" => 8,
        "antivirus" or "anti virus" or "installed av" or "firewall" => 9,
        _ => -1,
    };
}
