using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>Remote access to one host.</summary>
internal sealed class IcsAccess : Group
{
    private const int Few = 4;

    /// <summary>Initializes a new instance of the <see cref="IcsAccess"/> class.</summary>
    public IcsAccess()
        : base(4)
    {
        Services = Part(new Texts(Few));
        From = Part(new Smallest<AddressKey>(Few));
        Frames = Part(new FrameSample());
        Times = Part(new Extent());
    }

    /// <summary>Gets the protocols.</summary>
    public Texts Services { get; }

    /// <summary>Gets from where.</summary>
    public Smallest<AddressKey> From { get; }

    /// <summary>Gets the first frames of the connections.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent Times { get; }
}
