using System.Runtime.InteropServices;
using Pcapper.Engine;

namespace Pcapper.Yara;

/// <summary>
/// Reads what libyara tells of a rule that matches out of its structures (YR_RULE, YR_META, YR_STRING, YR_MATCH and YR_SCAN_CONTEXT in
/// yara/types.h of version 4.2, on 64-bit systems). <see cref="YaraRules"/> tries on a rule of its own that they are laid out so.
/// </summary>
internal static unsafe class MatchReader
{
    private const int MostStrings = 64;
    private const int MostMeta = 32;
    private const int TypeInteger = 1;
    private const int TypeString = 2;
    private const int LastMeta = 1;
    private const uint LastString = 0x1000;
    private const uint PrivateString = 0x100000;

    // Of YR_SCAN_CONTEXT: the lists of matches, one for each string.
    private const int Matches = 160;

    /// <summary>Reads one.</summary>
    /// <param name="context">The YR_SCAN_CONTEXT.</param>
    /// <param name="rule">The YR_RULE.</param>
    public static RuleHit Read(nint context, nint rule)
    {
        Rule* found = (Rule*)rule;
        string nameSpace = Text(*(nint*)found->Namespace) ?? string.Empty;
        string name = Text(found->Identifier) ?? string.Empty;
        return new RuleHit(nameSpace.Length == 0 ? name : $"{nameSpace}:{name}", Tags(found->Tags), ReadMeta((Meta*)found->Metas), ReadStrings((MatchList*)*(nint*)(context + Matches), (RuleString*)found->Strings));
    }

    /// <summary>Reads a text that ends with zero; null for none.</summary>
    public static string? Text(nint text) => StateText.Cut(Marshal.PtrToStringUTF8(text));

    // One behind the other, an empty one at the end.
    private static List<string> Tags(nint at)
    {
        var tags = new List<string>();
        for (byte* tag = (byte*)at; tag is not null && *tag != 0 && tags.Count < MostMeta;)
        {
            ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(tag);
            tags.Add(Text((nint)tag)!);
            tag += bytes.Length + 1;
        }

        return tags;
    }

    private static List<(string Name, string Value)> ReadMeta(Meta* meta)
    {
        var read = new List<(string, string)>();
        for (; meta is not null && read.Count < MostMeta; meta = (meta->Flags & LastMeta) != 0 ? null : meta + 1)
        {
            string value = meta->Type switch
            {
                TypeString => Text(meta->Value) ?? string.Empty,
                TypeInteger => meta->Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
                _ => meta->Number != 0 ? "true" : "false",
            };
            read.Add((Text(meta->Identifier) ?? string.Empty, value));
        }

        return read;
    }

    private static List<StringHit> ReadStrings(MatchList* lists, RuleString* text)
    {
        var hits = new List<StringHit>();
        for (; text is not null && hits.Count < MostStrings; text = (text->Flags & LastString) != 0 ? null : text + 1)
        {
            if ((text->Flags & PrivateString) == 0 && lists[text->Index].Head is var first && first is not null)
            {
                hits.Add(new StringHit(Text(text->Identifier) ?? "$", first->Base + first->Offset, first->Length));
            }
        }

        hits.Sort((a, b) => (a.Offset, a.Name).CompareTo((b.Offset, b.Name)));
        return hits;
    }

    [StructLayout(LayoutKind.Explicit, Size = 48)]
    private struct Rule
    {
        [FieldOffset(8)]
        public nint Identifier;

        [FieldOffset(16)]
        public nint Tags;

        [FieldOffset(24)]
        public nint Metas;

        [FieldOffset(32)]
        public nint Strings;

        [FieldOffset(40)]
        public nint Namespace;
    }

    [StructLayout(LayoutKind.Explicit, Size = 32)]
    private struct Meta
    {
        [FieldOffset(0)]
        public nint Identifier;

        [FieldOffset(8)]
        public nint Value;

        [FieldOffset(16)]
        public long Number;

        [FieldOffset(24)]
        public int Type;

        [FieldOffset(28)]
        public int Flags;
    }

    [StructLayout(LayoutKind.Explicit, Size = 56)]
    private struct RuleString
    {
        [FieldOffset(0)]
        public uint Flags;

        [FieldOffset(4)]
        public uint Index;

        [FieldOffset(48)]
        public nint Identifier;
    }

    [StructLayout(LayoutKind.Explicit, Size = 24)]
    private struct MatchList
    {
        [FieldOffset(0)]
        public Match* Head;
    }

    [StructLayout(LayoutKind.Explicit, Size = 56)]
    private struct Match
    {
        [FieldOffset(0)]
        public long Base;

        [FieldOffset(8)]
        public long Offset;

        [FieldOffset(16)]
        public int Length;
    }
}
