using System.Globalization;

namespace Pcapper.Modules.Protocols.Quic;

/// <summary>Versions of QUIC.</summary>
public static class QuicVersions
{
    /// <summary>Version negotiation.</summary>
    public const uint Negotiation = 0;

    /// <summary>Version 1 (RFC 9000).</summary>
    public const uint V1 = 1;

    /// <summary>Version 2 (RFC 9369).</summary>
    public const uint V2 = 0x6B33_43CF;

    private const uint Drafts = 0xFF00_0000;
    private const uint FirstDraft = 0xFF00_0016;
    private const uint LastDraft = 0xFF00_0022;
    private const uint Mvfst = 0xFACE_B000;

    private static ReadOnlySpan<byte> SaltV1 => [0x38, 0x76, 0x2C, 0xF7, 0xF5, 0x59, 0x34, 0xB3, 0x4D, 0x17, 0x9A, 0xE6, 0xA4, 0xC8, 0x0C, 0xAD, 0xCC, 0xBB, 0x7F, 0x0A];

    private static ReadOnlySpan<byte> SaltV2 => [0x0D, 0xED, 0xE3, 0xDE, 0xF7, 0x00, 0xA6, 0xDB, 0x81, 0x93, 0x81, 0xBE, 0x6E, 0x26, 0x9D, 0xCB, 0xF9, 0xBD, 0x2E, 0xD9];

    private static ReadOnlySpan<byte> SaltDraft29 => [0xAF, 0xBF, 0xEC, 0x28, 0x99, 0x93, 0xD2, 0x4C, 0x9E, 0x97, 0x86, 0xF1, 0x9C, 0x61, 0x11, 0xE0, 0x43, 0x90, 0xA8, 0x99];

    private static ReadOnlySpan<byte> SaltDraft23 => [0xC3, 0xEE, 0xF7, 0x12, 0xC7, 0x2E, 0xBB, 0x5A, 0x11, 0xA7, 0xD2, 0x43, 0x2B, 0xB4, 0x63, 0x65, 0xBE, 0xF9, 0xF5, 0x02];

    private static ReadOnlySpan<byte> SaltDraft22 => [0x7F, 0xBC, 0xDB, 0x0E, 0x7C, 0x66, 0xBB, 0xE9, 0x19, 0x3A, 0x96, 0xCD, 0x21, 0x51, 0x9E, 0xBD, 0x7A, 0x02, 0x64, 0x4A];

    /// <summary>Tells whether the version's long headers can be read.</summary>
    public static bool IsKnown(uint version) => version is V1 or V2 or (>= FirstDraft and <= LastDraft) || Draft(version) != 0;

    /// <summary>Tells whether the version is one that endpoints send to exercise negotiation (RFC 9000, 15).</summary>
    public static bool IsReserved(uint version) => (version & 0x0F0F_0F0F) == 0x0A0A_0A0A;

    /// <summary>Gets the name as Zeek writes it: <c>1</c>, <c>quicv2</c>, <c>draft-29</c>, <c>unknown-N</c>.</summary>
    public static string Name(uint version) => version switch
    {
        V1 => "1",
        V2 => "quicv2",
        >= FirstDraft and <= LastDraft => string.Create(CultureInfo.InvariantCulture, $"draft-{version - Drafts}"),
        _ when Draft(version) != 0 => string.Create(CultureInfo.InvariantCulture, $"mvfst-{version:x8}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"unknown-{version:x8}"),
    };

    /// <summary>Gets the salt that Initial keys are made with (RFC 9001, 5.2; RFC 9369, 3.3.1).</summary>
    internal static ReadOnlySpan<byte> Salt(uint version) => version switch
    {
        V2 => SaltV2,
        V1 => SaltV1,
        _ => Draft(version) switch { >= 33 => SaltV1, >= 29 => SaltDraft29, >= 23 => SaltDraft23, _ => SaltDraft22 },
    };

    /// <summary>Gets the number of the draft that a version is like, or 0.</summary>
    private static uint Draft(uint version) => version switch
    {
        >= FirstDraft and <= LastDraft => version - Drafts,
        Mvfst + 1 => 22,
        Mvfst + 2 or Mvfst + 0xE => 27,
        _ => 0,
    };
}
