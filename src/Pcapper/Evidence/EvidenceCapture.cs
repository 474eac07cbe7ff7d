using System.Globalization;
using Pcapper.Engine;
using Pcapper.Extraction;
using Pcapper.Packets;

namespace Pcapper.Evidence;

/// <summary>The capture of one finding: cited frames always, others of their flows up to a bound.</summary>
internal sealed class EvidenceCapture : IDisposable
{
    /// <summary>How many frames that are not cited a capture holds.</summary>
    public const int MostOthers = 2_000;

    private readonly FileStream _file;
    private readonly CaptureWriter _writer;
    private readonly Dictionary<(int Capture, int Interface, LinkType LinkType), int> _interfaces = [];
    private readonly Finding _finding;
    private int _others;

    public EvidenceCapture(string path, Finding finding)
    {
        _finding = finding;
        _file = new FileStream(path, NewFile.Options);
        _writer = CaptureWriter.Pcapng(_file, $"pcapper {VersionText.Current}", $"{finding.Id} {finding.Type.Id}: {Printable.From(finding.Type.Title)}");
    }

    /// <summary>Gets how many frames it holds.</summary>
    public int Frames { get; private set; }

    /// <summary>Gets a value indicating whether frames of the flows were left out.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Takes a frame.</summary>
    public void Add(in Frame frame, string capture, bool isCited)
    {
        if (!isCited && _others++ >= MostOthers)
        {
            IsCut = true;
            return;
        }

        var key = (frame.Ref.Capture, frame.Interface, frame.LinkType);
        if (!_interfaces.TryGetValue(key, out int index))
        {
            index = _writer.AddInterface(frame.LinkType, string.Create(CultureInfo.InvariantCulture, $"{capture}, interface {frame.Interface}"));
            _interfaces.Add(key, index);
        }

        Frame written = frame;
        written.Interface = index;
        _writer.Write(written, string.Create(CultureInfo.InvariantCulture, $"{_finding.Id} {_finding.Type.Id}{(isCited ? "" : " (same flow)")}, frame {frame.Ref.Number} of {capture}"));
        Frames++;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _file.Dispose();
    }
}
