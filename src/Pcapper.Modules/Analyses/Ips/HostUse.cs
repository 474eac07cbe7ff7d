using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Ips;

/// <summary>What one address sent, received and did.</summary>
public sealed class HostUse : Tally
{
    /// <summary>Index of packets sent.</summary>
    public const int PacketsSent = 0;

    /// <summary>Index of packets received.</summary>
    public const int PacketsReceived = 1;

    /// <summary>Index of IP bytes sent.</summary>
    public const int BytesSent = 2;

    /// <summary>Index of IP bytes received.</summary>
    public const int BytesReceived = 3;

    /// <summary>Index of flows that it opened and that were answered.</summary>
    public const int Opened = 4;

    /// <summary>Index of flows that it opened and that were not answered, or refused.</summary>
    public const int Failed = 5;

    /// <summary>Index of flows that it answered.</summary>
    public const int Answered = 6;

    private Spoken _served;
    private ulong _roles;

    /// <summary>Gets the protocols that it serves, by content.</summary>
    public IReadOnlyList<string> Served => _served.Values;

    /// <summary>Gets the same as a report lists it, with an ellipsis if there were more.</summary>
    public IReadOnlyList<string> ServedListed => _served.Listed;

    /// <summary>Notes a protocol that it serves.</summary>
    public void Serves(string protocol) => _served.Add(protocol);

    /// <summary>Notes a role that a single flow shows.</summary>
    public void Has(HostRole role) => _roles |= 1ul << (int)role;

    /// <summary>Tells whether it has a role that a single flow shows.</summary>
    public bool Is(HostRole role) => (_roles >> (int)role & 1) != 0;

    /// <inheritdoc/>
    public override void Merge(IStatePart other)
    {
        base.Merge(other);
        var host = (HostUse)other;
        _roles |= host._roles;
        _served.Merge(host._served);
    }

    /// <inheritdoc/>
    public override void Write(StateWriter writer)
    {
        base.Write(writer);
        writer.Unsigned(_roles);
        _served.Write(writer);
    }

    /// <inheritdoc/>
    public override void Read(ref StateReader reader)
    {
        base.Read(ref reader);
        _roles = reader.Unsigned();
        _served.Read(ref reader);
    }
}
