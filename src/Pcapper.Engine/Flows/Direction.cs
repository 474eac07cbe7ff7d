namespace Pcapper.Engine;

/// <summary>Which way bytes went in a flow.</summary>
public enum Direction : byte
{
    /// <summary>From the originator.</summary>
    ToResponder,

    /// <summary>From the responder.</summary>
    ToOriginator,
}
