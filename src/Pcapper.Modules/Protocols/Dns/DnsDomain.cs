using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>What was asked and answered below one registered domain.</summary>
public sealed class DnsDomain : Group
{
    /// <summary>Initializes a new instance of the <see cref="DnsDomain"/> class.</summary>
    public DnsDomain()
        : base(5)
    {
        Queries = Part(new Count());
        Names = Part(new Sketch());
        Clients = Part(new Sketch());
        Answers = Part(new Texts(cap: 4));
        Extent = Part(new Extent());
    }

    /// <summary>Gets how many queries there were.</summary>
    public Count Queries { get; }

    /// <summary>Gets how many different names were asked for.</summary>
    public Sketch Names { get; }

    /// <summary>Gets how many hosts asked.</summary>
    public Sketch Clients { get; }

    /// <summary>Gets a few addresses that were answered.</summary>
    public Texts Answers { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
