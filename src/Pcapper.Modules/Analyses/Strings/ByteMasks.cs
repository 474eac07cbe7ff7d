using System.Runtime.Intrinsics;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>What kinds of bytes a block of 64 holds, a bit for each, the lowest for the first.</summary>
internal readonly struct ByteMasks
{
    /// <summary>The bytes of a block.</summary>
    public const int Length = 64;

    private ByteMasks(ulong printable, ulong zero, ulong high, ulong unknown)
        => (Printable, Zero, High, Unknown) = (printable, zero, high, unknown);

    /// <summary>Gets the bytes from space to tilde, and tabs.</summary>
    public ulong Printable { get; }

    /// <summary>Gets the bytes that are zero.</summary>
    public ulong Zero { get; }

    /// <summary>Gets the bytes of 128 and more.</summary>
    public ulong High { get; }

    /// <summary>Gets the places behind the end of the bytes.</summary>
    public ulong Unknown { get; }

    /// <summary>Looks at a block, or at what there is of one.</summary>
    public static ByteMasks Of(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= Length)
        {
            return Of(bytes, 0);
        }

        Span<byte> block = stackalloc byte[Length];
        block.Clear();
        bytes.CopyTo(block);
        return Of(block, ulong.MaxValue << bytes.Length);
    }

    /// <summary>Gets which bytes of a block lie between two, both included.</summary>
    public static ulong Between(scoped ReadOnlySpan<byte> bytes, byte from, byte to)
    {
        Span<byte> rest = stackalloc byte[Length];
        if (bytes.Length < Length)
        {
            rest.Clear();
            bytes.CopyTo(rest);
            bytes = rest;
        }

        ulong mask = 0;
        for (int i = 0; i < Length; i += Vector128<byte>.Count)
        {
            Vector128<byte> above = Vector128.Create(bytes.Slice(i, Vector128<byte>.Count)) - Vector128.Create(from);
            mask |= (ulong)Vector128.LessThanOrEqual(above, Vector128.Create((byte)(to - from))).ExtractMostSignificantBits() << i;
        }

        return mask;
    }

    private static ByteMasks Of(scoped ReadOnlySpan<byte> block, ulong unknown)
    {
        ulong printable = 0;
        ulong zero = 0;
        ulong high = 0;
        for (int i = 0; i < Length; i += Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.Create(block.Slice(i, Vector128<byte>.Count));
            Vector128<byte> isPrintable = Vector128.LessThanOrEqual(bytes - Vector128.Create((byte)' '), Vector128.Create((byte)('~' - ' ')));
            printable |= (ulong)(isPrintable | Vector128.Equals(bytes, Vector128.Create((byte)'\t'))).ExtractMostSignificantBits() << i;
            zero |= (ulong)Vector128.Equals(bytes, Vector128<byte>.Zero).ExtractMostSignificantBits() << i;
            high |= (ulong)bytes.ExtractMostSignificantBits() << i;
        }

        return new ByteMasks(printable, zero, high, unknown);
    }
}
