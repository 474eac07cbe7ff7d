namespace Pcapper.Engine;

/// <summary>How far the other side lets a stream go.</summary>
/// <param name="IsClosed">Whether it takes nothing at the moment.</param>
/// <param name="Reach">Bytes beyond what it acknowledged that a segment may begin at; 0 if its window is not known.</param>
internal readonly record struct ReceiveWindow(bool IsClosed, uint Reach);
