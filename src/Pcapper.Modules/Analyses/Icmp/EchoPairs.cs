using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Icmp;

/// <summary>What comes of pairing the requests and replies of a session by their sequence numbers.</summary>
internal sealed class EchoPairs
{
    public EchoPairs(EchoSession session)
    {
        var open = new Dictionary<ushort, EchoEvent>();
        var bySequence = new Dictionary<ushort, HashSet<ulong>>();
        foreach (EchoEvent echo in session.Events.Keys)
        {
            if (!echo.IsReply)
            {
                open[echo.Sequence] = echo;
                if (!bySequence.TryGetValue(echo.Sequence, out HashSet<ulong>? payloads))
                {
                    bySequence.Add(echo.Sequence, payloads = []);
                }

                payloads.Add(echo.PayloadHash);
                continue;
            }

            if (!open.Remove(echo.Sequence, out EchoEvent request))
            {
                continue;
            }

            Paired++;
            Times.Add(echo.Time - request.Time);

            // An empty reply says nothing; other bytes do.
            if (echo.PayloadHash != request.PayloadHash && echo.PayloadLength > 0)
            {
                Different.Add(echo.Frame);
            }
        }

        Times.Sort();
        Reused = bySequence.Count == 0 ? 0 : bySequence.Max(s => s.Value.Count);
    }

    /// <summary>Gets how many replies have their request.</summary>
    public int Paired { get; }

    /// <summary>Gets the nanoseconds between them, sorted.</summary>
    public List<long> Times { get; } = [];

    /// <summary>Gets the replies that do not repeat what the request carried.</summary>
    public List<FrameRef> Different { get; } = [];

    /// <summary>Gets with how many different payloads one sequence number was used.</summary>
    public int Reused { get; }

    /// <summary>Gets the median time, or null.</summary>
    public long? Median => Times.Count == 0 ? null : Times[Times.Count / 2];
}
