using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>Times as Windows counts them: 100 ns since 1601 (MS-DTYP, 2.3.3).</summary>
internal static class WindowsTime
{
    private const long Epoch = 116_444_736_000_000_000;   // 1970
    private const long Most = Epoch + (long.MaxValue / 100);

    /// <summary>Converts a time; null if there is none, or it is before 1970.</summary>
    public static Timestamp? Of(ulong time) => time is >= (ulong)Epoch and <= (ulong)Most ? new Timestamp(((long)time - Epoch) * 100) : null;
}
