using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>What one host asked below one registered domain: what a tunnel would show.</summary>
public sealed class DnsUse : Group
{
    /// <summary>How many types are told apart.</summary>
    public const int Types = 12;

    // Letter classes: small, capital, digits, then "-", "_" and all else.
    private const int LetterClasses = 65;

    // Below this length a name has no room for data worth measuring.
    private const int MeasuredLength = 12;

    private static readonly ushort[] s_types = [1, 28, 5, 15, 16, 33, 10, 25, 65399, 12, 65];

    /// <summary>Initializes a new instance of the <see cref="DnsUse"/> class.</summary>
    public DnsUse()
        : base(11)
    {
        Frames = Part(new FrameSample());
        Names = Part(new Sketch());
        NameLetters = Part(new Count());
        AnswerBytes = Part(new Count());
        TypeCounts = Part(new Counters());
        Letters = Part(new Counters());
        LongestLabel = Part(new Maximum());
        Missing = Part(new Count());
        Samples = Part(new Texts(cap: 3));
        ToolMarks = Part(new Bits());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the queries.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets how many different names were asked for.</summary>
    public Sketch Names { get; }

    /// <summary>Gets the letters left of the domain, all queries together.</summary>
    public Count NameLetters { get; }

    /// <summary>Gets the bytes of data in the answers.</summary>
    public Count AnswerBytes { get; }

    /// <summary>Gets how many queries there were per type; see <see cref="IndexOf"/>.</summary>
    public Counters TypeCounts { get; }

    /// <summary>Gets how often each letter occurred in long names.</summary>
    public Counters Letters { get; }

    /// <summary>Gets the longest label.</summary>
    public Maximum LongestLabel { get; }

    /// <summary>Gets how many names did not exist.</summary>
    public Count Missing { get; }

    /// <summary>Gets a few names.</summary>
    public Texts Samples { get; }

    /// <summary>Gets which tools' marks were seen (<see cref="DnsTool"/>).</summary>
    public Bits ToolMarks { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }

    /// <summary>Gets the place of a type in <see cref="TypeCounts"/>; the last is for all others.</summary>
    public static int IndexOf(ushort type)
    {
        int index = Array.IndexOf(s_types, type);
        return index < 0 ? Types - 1 : index;
    }

    /// <summary>Notes what stands left of the domain in a name.</summary>
    public void AddLeft(ReadOnlySpan<char> left, Packets.FrameRef frame)
    {
        NameLetters.Add(left.Length);
        foreach (Range label in left.Split('.'))
        {
            (_, int length) = label.GetOffsetAndLength(left.Length);
            LongestLabel.Add(length, frame);
        }

        if (left.Length < MeasuredLength)
        {
            return;
        }

        foreach (char c in left)
        {
            if (c != '.')
            {
                Letters[ClassOf(c)]++;
            }
        }
    }

    /// <summary>Gets the entropy of the letters in bits.</summary>
    public double Entropy()
    {
        double total = Letters.Total;
        double entropy = 0;
        for (int i = 0; i < Math.Min(Letters.Length, LetterClasses); i++)
        {
            if (Letters[i] > 0)
            {
                double share = Letters[i] / total;
                entropy -= share * Math.Log2(share);
            }
        }

        return entropy;
    }

    private static int ClassOf(char c) => c switch
    {
        >= 'a' and <= 'z' => c - 'a',
        >= 'A' and <= 'Z' => 26 + c - 'A',
        >= '0' and <= '9' => 52 + c - '0',
        '-' => 62,
        '_' => 63,
        _ => 64,
    };
}
