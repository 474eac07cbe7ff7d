using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Vnc;

/// <summary>The twelve bytes that both ends begin with (RFC 6143, 7.1.1): <c>RFB 003.008</c> and a line feed.</summary>
internal static class VncVersion
{
    /// <summary>How long it is.</summary>
    public const int Length = 12;

    /// <summary>Judges whether bytes begin with it.</summary>
    public static Confidence Probe(ReadOnlySpan<byte> first)
    {
        ReadOnlySpan<byte> shape = "RFB 000.000\n"u8;
        for (int i = 0; i < Math.Min(first.Length, Length); i++)
        {
            bool isRight = shape[i] == '0' ? char.IsAsciiDigit((char)first[i]) : first[i] == shape[i];
            if (!isRight)
            {
                return Confidence.No;
            }
        }

        return first.Length < Length ? Confidence.Undecided : Confidence.Certain;
    }

    /// <summary>Gets major and minor version as one number: 3008 for 3.8.</summary>
    public static int Number(ReadOnlySpan<byte> version)
        => version.Length < Length ? 0 : (Digits(version[4..7]) * 1000) + Digits(version[8..11]);

    private static int Digits(ReadOnlySpan<byte> three) => ((three[0] - '0') * 100) + ((three[1] - '0') * 10) + three[2] - '0';
}
