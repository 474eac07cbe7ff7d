using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>What one sends the other in I/O connections.</summary>
internal sealed class EnipIoUse : Group
{
    private const int MostConnections = 64;

    /// <summary>Initializes a new instance of the <see cref="EnipIoUse"/> class.</summary>
    public EnipIoUse()
        : base(4)
    {
        Frames = Part(new FrameSample());
        Bytes = Part(new Count());
        Connections = Part(new KeySet<NumberKey>(MostConnections));
        Times = Part(new Extent());
    }

    /// <summary>Gets the datagrams.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets the bytes of data.</summary>
    public Count Bytes { get; }

    /// <summary>Gets the connections.</summary>
    public KeySet<NumberKey> Connections { get; }

    /// <summary>Gets when.</summary>
    public Extent Times { get; }
}
