using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>What one client read and wrote of one point.</summary>
internal sealed class IcsPoint : Group
{
    /// <summary>Initializes a new instance of the <see cref="IcsPoint"/> class.</summary>
    public IcsPoint()
        : base(2)
    {
        Read = Part(new PointSide());
        Written = Part(new PointSide());
    }

    /// <summary>Gets the values read or reported.</summary>
    public new PointSide Read { get; }

    /// <summary>Gets the values written.</summary>
    public PointSide Written { get; }
}
