using System.Formats.Asn1;

namespace Pcapper.Modules.Protocols.Asn1;

/// <summary>One ASN.1 element in its place.</summary>
internal readonly ref struct DerElement
{
    /// <summary>Gets its tag.</summary>
    public required Asn1Tag Tag { get; init; }

    /// <summary>Gets what it holds.</summary>
    public required ReadOnlySpan<byte> Content { get; init; }

    /// <summary>Gets all of it, tag and length included.</summary>
    public required ReadOnlySpan<byte> Encoded { get; init; }

    /// <summary>Gets the tag's number if it is a universal one, else -1.</summary>
    public int Universal => Tag.TagClass == TagClass.Universal ? Tag.TagValue : -1;

    /// <summary>Gets the tag's number if it is a context-specific one, else -1.</summary>
    public int Context => Tag.TagClass == TagClass.ContextSpecific ? Tag.TagValue : -1;

    /// <summary>Gets the tag's number if it is an application one, else -1.</summary>
    public int Application => Tag.TagClass == TagClass.Application ? Tag.TagValue : -1;
}
