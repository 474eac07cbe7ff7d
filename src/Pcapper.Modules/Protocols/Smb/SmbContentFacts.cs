using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>When one client read a file that could be understood, and when it wrote one of random bytes in its place.</summary>
internal sealed class SmbContentFacts : Group
{
    public SmbContentFacts()
        : base(2)
    {
        Plain = Part(new Extent());
        Random = Part(new Extent());
    }

    /// <summary>Gets when content was read that is not random.</summary>
    public Extent Plain { get; }

    /// <summary>Gets when content was written that is.</summary>
    public Extent Random { get; }
}
