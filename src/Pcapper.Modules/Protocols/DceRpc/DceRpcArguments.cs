using System.Buffers.Binary;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>Reads of some calls' arguments what a responder wants to know.</summary>
internal static class DceRpcArguments
{
    /// <summary>What is told of a Netlogon client that proves itself with zeros (CVE-2020-1472).</summary>
    public const string ZeroCredential = "zero client credential";

    private const int Handle = 20;
    private const int MostTexts = 3;
    private const int ShortestText = 2;          // characters

    private static readonly (byte[] Id, string Name)[] s_classes =
    [
        (new Guid("49b2791a-b1ae-4c90-9b8e-e860ba07f889").ToByteArray(), "MMC20.Application"),
        (new Guid("9ba05972-f6a8-11cf-a442-00a0c90a8f39").ToByteArray(), "ShellWindows"),
        (new Guid("c08afd90-f2a1-11d1-8455-00a0c91f3880").ToByteArray(), "ShellBrowserWindow"),
        (new Guid("00020812-0000-0000-c000-000000000046").ToByteArray(), "Excel.Application"),
        (new Guid("8bc3f05e-d86b-11d0-a075-00c04fb68820").ToByteArray(), "WbemLevel1Login"),
    ];

    /// <summary>Tells what is of interest, raw, or null.</summary>
    public static string? Tell(string? interfaceId, int operation, ReadOnlySpan<byte> arguments) => (interfaceId, operation) switch
    {
        (DceRpcInterfaces.ServiceControl, 12 or 45 or 60) => Service(arguments, 2),
        (DceRpcInterfaces.ServiceControl, 24 or 44) => Service(arguments, 1),
        (DceRpcInterfaces.ServiceControl, 16) => Named(arguments),
        (DceRpcInterfaces.Netlogon, 4) => Challenge(arguments),
        (DceRpcInterfaces.Netlogon, 15 or 26) => Authenticate(arguments),
        (DceRpcInterfaces.SystemActivator or DceRpcInterfaces.Activation, _) => Class(arguments),
        (DceRpcInterfaces.ServiceControl, 11)
            or (DceRpcInterfaces.TaskScheduler, 1 or 12 or 13)
            or (DceRpcInterfaces.JobScheduler, 0)
            or (DceRpcInterfaces.Registry, 6 or 15 or 20 or 22 or 31)
            or (DceRpcInterfaces.Dispatch, 5)
            or (DceRpcInterfaces.Server, 12 or 15 or 16)
            or (DceRpcInterfaces.Spooler, 1 or 9 or 62 or 65 or 69 or 89)
            or (DceRpcInterfaces.AsynchronousPrint, 39)
            or (DceRpcInterfaces.EncryptedFiles or DceRpcInterfaces.EncryptedFilesLsass, _)
            or (DceRpcInterfaces.ShadowCopyAgent, 8 or 9)
            or (DceRpcInterfaces.DistributedFiles, 12 or 13 or 14)
            or (DceRpcInterfaces.EventLog, 9) => Texts(arguments),
        _ => null,
    };

    // MS-SCMR, 3.1.4.12 and 3.1.4.22
    private static string? Service(ReadOnlySpan<byte> arguments, int width)
    {
        var reader = new NdrReader(arguments);
        reader.Skip(Handle);
        string name = reader.String(width);
        reader.PointerToString(width);   // the name that people see
        reader.U32();               // access
        reader.U32();               // type
        reader.U32();               // start
        reader.U32();               // error control
        string program = reader.String(width);
        return name.Length == 0 ? null : program.Length == 0 ? name : $"{name}: {program}";
    }

    private static string? Named(ReadOnlySpan<byte> arguments)
    {
        var reader = new NdrReader(arguments);
        reader.Skip(Handle);
        return reader.String() is { Length: > 0 } name ? name : null;
    }

    // MS-NRPC, 3.5.4.4.1
    private static string? Challenge(ReadOnlySpan<byte> arguments)
    {
        var reader = new NdrReader(arguments);
        reader.PointerToString();
        string computer = reader.String();
        ReadOnlySpan<byte> challenge = reader.Take(8);
        return reader.Overrun ? null : challenge.ContainsAnyExcept((byte)0) ? computer : $"{computer}: zero challenge";
    }

    // MS-NRPC, 3.5.4.4.2
    private static string? Authenticate(ReadOnlySpan<byte> arguments)
    {
        var reader = new NdrReader(arguments);
        reader.PointerToString();
        string account = reader.String();
        reader.Skip(2);   // kind of channel
        string computer = reader.String();
        ReadOnlySpan<byte> credential = reader.Take(8);
        return reader.Overrun ? null : credential.ContainsAnyExcept((byte)0) ? $"{account} on {computer}" : $"{ZeroCredential} for {account}";
    }

    private static string? Class(ReadOnlySpan<byte> arguments)
    {
        arguments = arguments[..Math.Min(arguments.Length, Limits.CallArguments)];
        foreach ((byte[] id, string name) in s_classes)
        {
            if (arguments.IndexOf(id) >= 0)
            {
                return name;
            }
        }

        return null;
    }

    // Strings are looked for by their sizes (a maximum, the offset 0, a length), which begin at multiples of four.
    private static string? Texts(ReadOnlySpan<byte> arguments)
    {
        arguments = arguments[..Math.Min(arguments.Length, Limits.CallArguments)];
        var texts = new List<string>(MostTexts);
        int at = 0;
        while (at + 12 + (ShortestText * 2) <= arguments.Length && texts.Count < MostTexts)
        {
            uint most = BinaryPrimitives.ReadUInt32LittleEndian(arguments[at..]);
            uint offset = BinaryPrimitives.ReadUInt32LittleEndian(arguments[(at + 4)..]);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(arguments[(at + 8)..]);
            if (offset != 0 || length is < ShortestText || length > most || length > (uint)(arguments.Length - at - 12) / 2
                || !IsText(arguments.Slice(at + 12, ShortestText * 2)))
            {
                at += 4;
                continue;
            }

            texts.Add(Utf16Text.Decode(arguments.Slice(at + 12, (int)length * 2)).TrimEnd('\0'));
            at += (12 + ((int)length * 2) + 3) & ~3;
        }

        return texts.Count == 0 ? null : string.Join(" ", texts.Where(text => text.Length > 0));
    }

    private static bool IsText(ReadOnlySpan<byte> start) => start is [>= 0x20, 0, >= 0x20, 0];
}
