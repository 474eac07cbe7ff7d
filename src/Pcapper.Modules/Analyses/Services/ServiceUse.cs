using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Services;

/// <summary>What is known of one endpoint that answered: the peers are its clients, the frames the first of flows in which it sent data.</summary>
public sealed class ServiceUse : Activity
{
    /// <summary>Index of flows.</summary>
    public const int Flows = 0;

    /// <summary>Index of payload bytes to the server.</summary>
    public const int BytesIn = 1;

    /// <summary>Index of payload bytes from the server.</summary>
    public const int BytesOut = 2;

    /// <summary>Index of flows that were encrypted by TLS, DTLS or QUIC.</summary>
    public const int Encrypted = 3;

    /// <summary>Index of flows that no protocol was recognised in although both or one side sent data.</summary>
    public const int Unrecognised = 4;

    /// <summary>Index of flows in which the server sent data.</summary>
    public const int Answered = 5;

    /// <summary>Index of flows in which the handshake was completed and nobody sent data.</summary>
    public const int OpenOnly = 6;

    /// <summary>Index of flows of which it was guessed who opened them.</summary>
    public const int Guessed = 7;

    private Spoken _spoken;
    private long _halfOpen;

    /// <summary>Gets how many attempts it answered (SYN-ACK) that were not completed; they count for nothing else here.</summary>
    public long HalfOpen => _halfOpen;

    /// <summary>Notes an attempt that was answered but not completed.</summary>
    public void AddHalfOpen() => _halfOpen++;

    /// <summary>Gets what was spoken, outermost protocol first: <c>smtp/tls</c>.</summary>
    public IReadOnlyList<string> Spoken => _spoken.Values;

    /// <summary>Gets the same as a report lists it, with an ellipsis if there was more.</summary>
    public IReadOnlyList<string> SpokenListed => _spoken.Listed;

    /// <summary>Notes what was spoken.</summary>
    public void Speaks(string protocols) => _spoken.Add(protocols);

    /// <inheritdoc/>
    public override void Merge(IStatePart other)
    {
        base.Merge(other);
        _spoken.Merge(((ServiceUse)other)._spoken);
        _halfOpen += ((ServiceUse)other)._halfOpen;
    }

    /// <inheritdoc/>
    public override void Write(StateWriter writer)
    {
        base.Write(writer);
        _spoken.Write(writer);
        writer.Number(_halfOpen);
    }

    /// <inheritdoc/>
    public override void Read(ref StateReader reader)
    {
        base.Read(ref reader);
        _spoken.Read(ref reader);
        _halfOpen = reader.Number();
    }
}
