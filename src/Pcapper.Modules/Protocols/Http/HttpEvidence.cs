using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>What is known of one <see cref="HttpEvidenceKey"/>.</summary>
internal sealed class HttpEvidence : Group
{
    private const int Few = 3;
    private const int MaxAnswers = 16;

    public HttpEvidence()
        : base(9)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Samples = Part(new Texts(Few));
        Targets = Part(new Texts(Few));
        Hosts = Part(new Texts(Few));
        Flows = Part(new Texts(Few));
        Answers = Part(new KeySet<Key3<NumberKey, NumberKey, TextKey>>(MaxAnswers));
        Flags = Part(new Bits());
        Classes = Part(new Counters());
    }

    /// <summary>Gets the first frames.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }

    /// <summary>Gets what shows it, in words.</summary>
    public Texts Samples { get; }

    /// <summary>Gets request targets, raw.</summary>
    public Texts Targets { get; }

    /// <summary>Gets Host fields.</summary>
    public Texts Hosts { get; }

    /// <summary>Gets Community IDs.</summary>
    public Texts Flows { get; }

    /// <summary>Gets answers: status, size, path.</summary>
    public KeySet<Key3<NumberKey, NumberKey, TextKey>> Answers { get; }

    /// <summary>Gets what else was noticed (<see cref="HttpEvidenceFlag"/>).</summary>
    public Bits Flags { get; }

    /// <summary>Gets how many were answered how: 0 not at all, 2 with 2xx, and so on.</summary>
    public Counters Classes { get; }

    public bool Has(HttpEvidenceFlag flag) => Flags[(int)flag];

    public void Add(HttpTransaction transaction, FrameRef frame, Timestamp time, string? sample)
    {
        Frames.Add(frame);
        When.Add(time, frame);
        Samples.Add(sample);
        Targets.Add(transaction.Request?.Target);
        Hosts.Add(transaction.Host);
        Flows.Add(transaction.Flow.Key.CommunityId);
        int status = transaction.Response?.Status ?? 0;
        Classes[Math.Clamp(status / 100, 0, 6)]++;
        if (transaction.Response is { } response)
        {
            Answers.Add(new(status, response.AnnouncedBytes ?? response.BodyBytes, transaction.Path));
        }
    }
}
