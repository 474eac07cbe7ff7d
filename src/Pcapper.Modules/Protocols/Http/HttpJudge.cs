using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Notes what a transaction shows that may be worth a finding.</summary>
internal sealed class HttpJudge(HttpState state)
{
    private const int LeastStage = 10_000;   // a stage is a program: tens of kilobytes at least
    private const int MaxStagePath = 200;
    private const int ProofBytes = 4096;

    private static ReadOnlySpan<ushort> TunnelPorts => [80, 443, 465, 563, 587, 853, 993, 995, 5222, 5223, 5228, 8080, 8443];

    public void Judge(HttpTransaction transaction)
    {
        if (transaction.Request is not { } request)
        {
            return;
        }

        bool isAttack = Attacks(transaction, request);
        Credentials(transaction, request, isAttack);
        Method(transaction, request);
        Guessing(transaction, request);
        if (HttpTools.Scanner(request.Field("User-Agent")) is string scanner)
        {
            // One entry a server would be one finding a server: the tool and its user are what counts.
            state.Evidence[new(HttpEvidenceKind.Scanner, transaction.Client, transaction.Server, 0, scanner)]
                .Add(transaction, request.Frame, request.Time, request.Field("User-Agent"));
        }

        if (transaction.Response is { Status: 200 or 206 } response)
        {
            Download(transaction, request, response);
        }
    }

    private HttpEvidence Note(HttpTransaction transaction, HttpEvidenceKind kind, string detail, HttpMessage message, string? sample)
    {
        HttpEvidence evidence = state.Evidence[new(kind, transaction.Client, transaction.Server, transaction.ServerPort, detail)];
        evidence.Add(transaction, message.Frame, message.Time, sample);
        return evidence;
    }

    private void Credentials(HttpTransaction transaction, HttpMessage request, bool isAttack)
    {
        foreach (string field in (ReadOnlySpan<string>)["Authorization", "Proxy-Authorization"])
        {
            if (HttpCredentials.Parse(request.Field(field)) is { Scheme: "basic", User: { Length: > 0 } user, Secret: not null })
            {
                Accepted(Note(transaction, HttpEvidenceKind.Credentials, $"basic {user}", request, user));
            }
        }

        // What an attack puts into a log-in form is nobody's password.
        if (!isAttack && HttpForms.Login(request) is { } login)
        {
            Accepted(Note(transaction, HttpEvidenceKind.Credentials, $"form {login.User}", request, login.User));
        }

        void Accepted(HttpEvidence evidence)
        {
            if (transaction.Response is { Status: >= 200 and < 400 })
            {
                evidence.Flags.Add((int)HttpEvidenceFlag.Answered);
            }
        }
    }

    private bool Attacks(HttpTransaction transaction, HttpMessage request)
    {
        List<WebAttack>? attacks = WebAttacks.Find(request);
        HttpMessage? response = transaction.Response;
        if (attacks is null)
        {
            if (response is { Status: 200 })
            {
                var server = new EndpointKey(transaction.Server, transaction.ServerPort, IpProtocol.Tcp);
                state.Sizes[new(server, transaction.Path)].Add(response.AnnouncedBytes ?? response.BodyBytes);
            }

            return false;
        }

        bool isProven = response is { Status: >= 200 and < 300 } && HasProof(response.BodyStart.Span[..Math.Min(ProofBytes, response.BodyStart.Length)]);
        foreach (WebAttack attack in attacks)
        {
            HttpEvidence evidence = Note(transaction, attack.Kind, string.Empty, request, attack.Sample);
            if (isProven)
            {
                evidence.Flags.Add((int)HttpEvidenceFlag.Proof);
            }

            if (response is { Status: 200, BodyBytes: > 0 })
            {
                evidence.Flags.Add((int)HttpEvidenceFlag.Answered);
            }
        }

        return true;
    }

    // What a password file, `id` and boot.ini look like.
    private static bool HasProof(ReadOnlySpan<byte> body)
        => body.IndexOf("root:x:0:0:"u8) >= 0 || (body.IndexOf("uid="u8) is >= 0 and var uid && body[uid..].IndexOf(") gid="u8) is > 0 and < 64)
            || body.IndexOf("[boot loader]"u8) >= 0 || body.IndexOf("; for 16-bit app support"u8) >= 0;

    private void Method(HttpTransaction transaction, HttpMessage request)
    {
        int status = transaction.Response?.Status ?? 0;
        switch (request.Method)
        {
            case "TRACE" or "TRACK" when status == 200:
                Note(transaction, HttpEvidenceKind.Trace, string.Empty, request, request.Method);
                break;
            // MS-WSMV, 2.2.9.1: bodies are encrypted with what the login agreed on.
            case "POST" when status is >= 200 and < 300 && transaction.Path.StartsWith("/wsman", StringComparison.OrdinalIgnoreCase)
                && request.Field("Content-Type")?.StartsWith("multipart/encrypted", StringComparison.OrdinalIgnoreCase) == true:
                Note(transaction, HttpEvidenceKind.RemoteManagement, string.Empty, request, request.Field("User-Agent"));
                break;
            case "PROPFIND" or "PROPPATCH" or "MKCOL" or "LOCK" when transaction.Server.Class == AddressClass.Public && transaction.Client.IsInternal:
                Note(transaction, HttpEvidenceKind.WebDav, string.Empty, request, request.Field("User-Agent"));
                break;
            case "CONNECT" when status is >= 200 and < 300 && PortOf(request.Target) is > 0 and var port && !TunnelPorts.Contains((ushort)port):
                Note(transaction, HttpEvidenceKind.OddTunnel, request.Target, request, request.Target);
                break;
            default:
                break;
        }
    }

    private static int PortOf(string authority)
        => authority.LastIndexOf(':') is >= 0 and var colon && ushort.TryParse(authority.AsSpan(colon + 1), out ushort port) ? port : 0;

    private void Guessing(HttpTransaction transaction, HttpMessage request)
    {
        if (transaction.Response is not { } response)
        {
            return;
        }

        string? secret = null;
        string? user = null;
        string place = string.Empty;
        if (HttpCredentials.Parse(request.Field("Authorization")) is { } credentials && credentials.Scheme is not ("ntlm" or "negotiate"))
        {
            (secret, user) = (credentials.Secret, credentials.User);
            place = $"{transaction.Host} ({credentials.Scheme})";
        }
        else if (HttpForms.Login(request) is { } login)
        {
            (secret, user) = (login.Secret, login.User);
            place = transaction.Host + transaction.Path;
        }

        if (secret is null)
        {
            return;
        }

        HttpGuessing guessing = state.Guessing[new(new PairKey(transaction.Client, transaction.Server), transaction.ServerPort, place)];
        guessing.Secrets.Add(new TextKey($"{user}\0{secret}"));
        guessing.Users.Add(user);
        guessing.UserCount.Add(new TextKey(user));
        guessing.Outcomes[response.Status].Add(request.Frame);
        guessing.Frames.Add(request.Frame);
        guessing.When.Add(request.Time, request.Frame);
    }

    private void Download(HttpTransaction transaction, HttpMessage request, HttpMessage response)
    {
        string? name = HttpFields.DownloadName(request, response);
        string? sniffed = response.SniffedType;
        bool isExecutable = FileDisguise.IsExecutable(sniffed);
        bool isScript = !isExecutable && FileDisguise.IsScript(sniffed, name) && response.BodyBytes > 0;
        bool isUpdate = HttpTools.IsUpdateHost(transaction.Host);
        string what = $"{name ?? transaction.Path}: declared {response.MediaType ?? "nothing"}, is {sniffed ?? "unknown"}";
        if (FileDisguise.IsDisguised(response.MediaType, name, sniffed))
        {
            HttpEvidence disguise = Note(transaction, HttpEvidenceKind.Disguise, name ?? string.Empty, response, what);
            Flag(disguise, HttpEvidenceFlag.DeclaredAsMedia, FileDisguise.IsMedia(response.MediaType));
            Flag(disguise, HttpEvidenceFlag.HarmlessName, FileDisguise.IsHarmlessName(name));
        }

        bool isAddress = transaction.Host is string host && IpAddress.TryParse(host.Trim('[', ']'), out IpAddress address) && address.IsHost;
        if ((isExecutable || isScript) && !isUpdate && HttpTools.Fetcher(request.Field("User-Agent")) is { } tool)
        {
            HttpEvidence download = Note(transaction, HttpEvidenceKind.ToolDownload, tool.Name, response, what);
            Flag(download, HttpEvidenceFlag.Executable, isExecutable);
            Flag(download, HttpEvidenceFlag.LivingOffTheLand, tool.IsOfWindows);
            Flag(download, HttpEvidenceFlag.HostIsAddress, isAddress);
        }
        else if (isAddress && isExecutable)
        {
            Note(transaction, HttpEvidenceKind.AddressDownload, string.Empty, response, what);
        }

        if (Checksum(request.Target) is 92 or 93 && (sniffed is null || isExecutable) && (response.AnnouncedBytes ?? response.BodyBytes) >= LeastStage
            && response.MediaType is null or "application/octet-stream" && !isUpdate)
        {
            Flag(Note(transaction, HttpEvidenceKind.Stager, transaction.Path, response, what), HttpEvidenceFlag.Executable, isExecutable);
        }
    }

    private static void Flag(HttpEvidence evidence, HttpEvidenceFlag flag, bool isSet)
    {
        if (isSet)
        {
            evidence.Flags.Add((int)flag);
        }
    }

    /// <summary>Sums the letters of a one-part path modulo 256, as the stagers of Metasploit and Cobalt Strike do to tell what they are asked for; -1 if it is no such path.</summary>
    internal static int Checksum(string target)
    {
        if (target.Length is < 5 or > MaxStagePath || target[0] != '/')
        {
            return -1;
        }

        int sum = 0;
        foreach (char c in target.AsSpan(1))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return -1;
            }

            sum += c;
        }

        return sum % 256;
    }
}
