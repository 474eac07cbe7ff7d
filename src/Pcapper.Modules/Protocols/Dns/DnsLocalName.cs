using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>A name asked for or announced on the local link (mDNS, LLMNR).</summary>
public sealed class DnsLocalName : Group
{
    /// <summary>Initializes a new instance of the <see cref="DnsLocalName"/> class.</summary>
    public DnsLocalName()
        : base(5)
    {
        Queries = Part(new Count());
        Answers = Part(new Count());
        Askers = Part(new KeySet<AddressKey>(cap: 4));
        Owners = Part(new KeySet<AddressKey>(cap: 4));
        Frames = Part(new FrameSample());
    }

    /// <summary>Gets how often it was asked for.</summary>
    public Count Queries { get; }

    /// <summary>Gets how often it was answered or announced.</summary>
    public Count Answers { get; }

    /// <summary>Gets who asked.</summary>
    public KeySet<AddressKey> Askers { get; }

    /// <summary>Gets who answered.</summary>
    public KeySet<AddressKey> Owners { get; }

    /// <summary>Gets the first frames.</summary>
    public FrameSample Frames { get; }
}
