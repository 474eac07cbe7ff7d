using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Extraction;

/// <summary>The order of files: by the frame they began in. The limits keep the first ones, whatever the number of workers.</summary>
internal readonly record struct FileOrder(FrameRef Frame, string Id) : IComparable<FileOrder>
{
    public static FileOrder Of(FileTransfer file) => new(file.Frame, file.Id);

    public int CompareTo(FileOrder other) => Frame.CompareTo(other.Frame) is not 0 and var order ? order : string.CompareOrdinal(Id, other.Id);
}
