using Pcapper.Modules.Protocols.OncRpc;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>Reads arguments and results of NFS, whichever version: 2 and 3 by <see cref="NfsClassic"/>, 4 by <see cref="NfsCompound"/>.</summary>
internal static class NfsReader
{
    // Integrity puts a length and a sequence number in front of the arguments (RFC 2203, 5.3.2.2); privacy encrypts them.
    private const uint Integrity = 2;
    private const uint Privacy = 3;

    public static bool IsWrite(RpcCall call, ReadOnlySpan<byte> arguments)
        => call.Version == 4 ? NfsCompound.EndsInWrite(Plain(call, arguments)) : NfsNames.Procedure(call.Version, call.Procedure) == "WRITE";

    public static List<NfsStep> ReadCall(RpcCall call, ReadOnlySpan<byte> arguments)
    {
        if (call.Procedure == 0 || call.Credentials.GssService == Privacy)
        {
            return [];
        }

        arguments = Plain(call, arguments);
        return call.Version switch
        {
            2 or 3 => [NfsClassic.ReadCall(call.Version, call.Procedure, arguments)],
            4 => NfsCompound.ReadCall(arguments),
            _ => [],
        };
    }

    public static uint? ReadReply(RpcCall call, List<NfsStep> steps, ReadOnlySpan<byte> results, NfsHandles handles)
    {
        if (call.Procedure == 0 || call.Credentials.GssService == Privacy)
        {
            return null;
        }

        results = Plain(call, results);
        var reader = new WireReader(results);
        uint status = reader.U32();
        if (reader.Overrun)
        {
            return null;
        }

        if (call.Version == 4)
        {
            NfsCompound.ReadReply(steps, results[reader.Position..]);
        }
        else if (steps is [NfsStep step])
        {
            NfsClassic.ReadReply(call.Version, step, status, results, handles);
        }

        return status;
    }

    /// <summary>Gets what the places of contents in arguments count in.</summary>
    public static ReadOnlySpan<byte> Arguments(RpcCall call, ReadOnlySpan<byte> arguments) => Plain(call, arguments);

    /// <summary>Gets what the places of contents in results count in: those of version 4 stand behind the status.</summary>
    public static ReadOnlySpan<byte> Results(RpcCall call, ReadOnlySpan<byte> results)
    {
        ReadOnlySpan<byte> plain = Plain(call, results);
        return call.Version == 4 ? plain[Math.Min(plain.Length, sizeof(uint))..] : plain;
    }

    private static ReadOnlySpan<byte> Plain(RpcCall call, ReadOnlySpan<byte> bytes)
        => call.Credentials.GssService == Integrity && bytes.Length >= 8 ? bytes[8..] : bytes;
}
