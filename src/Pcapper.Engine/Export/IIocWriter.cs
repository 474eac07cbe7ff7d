namespace Pcapper.Engine;

/// <summary>Writes indicators in one format. The same report gives the same bytes.</summary>
public interface IIocWriter
{
    /// <summary>Gets what a file's name ends in: <c>csv</c>.</summary>
    string Extension { get; }

    /// <summary>Gets a text that stands in the first bytes of every file that it writes, and in hardly any other.</summary>
    string Mark { get; }

    /// <summary>Writes them.</summary>
    void Write(IocReport report, Stream output);
}
