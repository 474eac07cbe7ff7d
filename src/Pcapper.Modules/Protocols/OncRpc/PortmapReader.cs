using System.Globalization;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.OncRpc;

/// <summary>Reads portmap version 2 and rpcbind versions 3 and 4 (RFC 1833).</summary>
internal static class PortmapReader
{
    private const uint OldVersion = 2;
    private const uint GetPort = 3;

    private static readonly string[] s_old = ["NULL", "SET", "UNSET", "GETPORT", "DUMP", "CALLIT"];

    private static readonly string[] s_new =
    [
        "NULL", "SET", "UNSET", "GETADDR", "DUMP", "BCAST", "GETTIME", "UADDR2TADDR", "TADDR2UADDR", "GETVERSADDR", "INDIRECT", "GETADDRLIST", "GETSTAT",
    ];

    public static string Name(uint version, uint procedure)
    {
        string[] names = version == OldVersion ? s_old : s_new;
        return procedure < names.Length ? names[procedure] : string.Create(CultureInfo.InvariantCulture, $"procedure-{procedure}");
    }

    /// <summary>Reads what is asked for: the program, and for rpcbind the longest of the texts that go with it.</summary>
    public static Question ReadCall(RpcCall call, ReadOnlySpan<byte> arguments)
    {
        var reader = new WireReader(arguments);
        bool hasProgram = call.Version == OldVersion ? call.Procedure is >= 1 and <= 3 or 5 : call.Procedure is >= 1 and <= 3 or 5 or 9 or 10 or 11;
        uint? program = hasProgram ? reader.U32() : null;
        if (reader.Overrun || !hasProgram || call.Version == OldVersion || call.Procedure is 5 or 10)
        {
            return new Question(reader.Overrun ? null : program, 0);
        }

        // rpcb: program, version, network id, universal address, owner (RFC 1833, 2.1).
        reader.U32();
        uint longest = 0;
        for (int i = 0; i < 3 && !reader.Overrun; i++)
        {
            longest = Math.Max(longest, TextLength(ref reader));
        }

        return new Question(program, longest);
    }

    /// <summary>Reads the port or address that is answered, and how many bytes it says it has.</summary>
    public static (string? Address, uint Length) ReadReply(RpcCall call, ReadOnlySpan<byte> results)
    {
        var reader = new WireReader(results);
        if (call.Version == OldVersion)
        {
            uint port = call.Procedure == GetPort ? reader.U32() : 0;
            return (port is 0 or > ushort.MaxValue ? null : port.ToString(CultureInfo.InvariantCulture), 0);
        }

        if (call.Procedure is not (GetPort or 8 or 9))
        {
            return (null, 0);
        }

        var length = new WireReader(results);
        uint bytes = TextLength(ref length);
        string address = reader.Text();
        return (reader.Overrun || address.Length == 0 ? null : address, bytes);
    }

    // The length that the text says it has counts even if the text is cut: it is what overflows a buffer.
    private static uint TextLength(ref WireReader reader)
    {
        WireReader peek = reader;
        uint length = peek.U32();
        if (reader.Remaining < 4)
        {
            reader.Skip(int.MaxValue);
            return 0;
        }

        reader.Opaque(Limits.Message);
        return length;
    }

    internal sealed record Question(uint? Program, uint LongestText);
}
