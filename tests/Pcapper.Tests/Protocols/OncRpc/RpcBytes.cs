using System.Text;
using static Pcapper.Tests.Building.FrameBuilder;

namespace Pcapper.Tests.Protocols.OncRpc;

/// <summary>RPC messages as bytes, with the XDR that programs put in them.</summary>
internal static class RpcBytes
{
    public const uint PortmapProgram = 100_000;
    public const uint NfsProgram = 100_003;
    public const uint MountProgram = 100_005;

    public static byte[] U4(uint value) => Big(value, 4);

    public static byte[] U8(ulong value) => Big(value, 8);

    /// <summary>Bytes with their length in front and padding behind.</summary>
    public static byte[] Opaque(byte[] bytes) => [.. U4((uint)bytes.Length), .. bytes, .. new byte[(4 - (bytes.Length % 4)) % 4]];

    public static byte[] Str(string text) => Opaque(Encoding.Latin1.GetBytes(text));

    /// <summary>A version 3 handle.</summary>
    public static byte[] Handle(byte value) => Opaque([value, value, value, value, 1, 2, 3, 4]);

    /// <summary>A call as a user of AUTH_SYS.</summary>
    public static byte[] Call(uint xid, uint program, uint version, uint procedure, byte[] arguments, uint uid = 1000)
    {
        byte[] credentials = [.. U4(7), .. Str("ws-anna"), .. U4(uid), .. U4(100), .. U4(0)];
        return [.. U4(xid), .. U4(0), .. U4(2), .. U4(program), .. U4(version), .. U4(procedure), .. U4(1), .. Opaque(credentials), .. U4(0), .. U4(0), .. arguments];
    }

    /// <summary>A call without credentials.</summary>
    public static byte[] Anonymous(uint xid, uint program, uint version, uint procedure, byte[] arguments)
        => [.. U4(xid), .. U4(0), .. U4(2), .. U4(program), .. U4(version), .. U4(procedure), .. U4(0), .. U4(0), .. U4(0), .. U4(0), .. arguments];

    /// <summary>An accepted reply.</summary>
    public static byte[] Reply(uint xid, byte[] results, uint status = 0) => [.. U4(xid), .. U4(1), .. U4(0), .. U4(0), .. U4(0), .. U4(status), .. results];

    /// <summary>A message with its record mark, as over TCP.</summary>
    public static byte[] Marked(byte[] message, bool isLast = true) => [.. U4((uint)message.Length | (isLast ? 0x8000_0000 : 0)), .. message];
}
