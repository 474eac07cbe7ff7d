namespace Pcapper.Engine;

/// <summary>What can be asked of a direction.</summary>
public static class DirectionExtensions
{
    /// <summary>Gets the other direction.</summary>
    public static Direction Opposite(this Direction direction) => direction == Direction.ToResponder ? Direction.ToOriginator : Direction.ToResponder;
}
