using Pcapper.Engine;
using Pcapper.Modules.FileTypes;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Files;

/// <summary>A file that went over the network, as a row of a table; ordered by time.</summary>
internal readonly record struct FileRow(
    Timestamp Time, FrameRef Frame, TextKey Id, TextKey Protocol, IpAddress Sender, IpAddress Receiver, TextKey Name, TextKey Location, TextKey Declared, TextKey Sniffed,
    long Seen, long Missing, bool IsComplete, TextKey Sha256, FileKind Kind, TextKey Remark, TextKey Facts)
    : IStateKey<FileRow>
{
    public ulong StableHash => KeyHash.Of(Time.Nanoseconds).And(Frame.Number).And(Id);

    public static FileRow Of(FileTransfer file, FileJudgement judgement) => new(
        file.Time, file.Frame, file.Id, file.Protocol, file.Sender, file.Receiver, file.Name, file.Location, file.DeclaredType, file.SniffedType,
        file.SeenBytes, file.MissingBytes, file.IsComplete, file.Sha256, judgement.Kind, judgement.Remark, judgement.Facts);

    public static FileRow Read(ref StateReader reader) => new(
        reader.Time(), reader.Frame(), TextKey.Read(ref reader), TextKey.Read(ref reader), reader.Address(), reader.Address(), TextKey.Read(ref reader), TextKey.Read(ref reader),
        TextKey.Read(ref reader), TextKey.Read(ref reader), reader.Number(), reader.Number(), reader.Flag(), TextKey.Read(ref reader),
        (FileKind)reader.Number(), TextKey.Read(ref reader), TextKey.Read(ref reader));

    public void Write(StateWriter writer)
    {
        writer.Time(Time);
        writer.Frame(Frame);
        Id.Write(writer);
        Protocol.Write(writer);
        writer.Address(Sender);
        writer.Address(Receiver);
        Name.Write(writer);
        Location.Write(writer);
        Declared.Write(writer);
        Sniffed.Write(writer);
        writer.Number(Seen);
        writer.Number(Missing);
        writer.Flag(IsComplete);
        Sha256.Write(writer);
        writer.Number((long)Kind);
        Remark.Write(writer);
        Facts.Write(writer);
    }

    public int CompareTo(FileRow other)
        => Time.CompareTo(other.Time) is not 0 and var time ? time
            : Frame.CompareTo(other.Frame) is not 0 and var frame ? frame
            : Id.CompareTo(other.Id) is not 0 and var id ? id
            : Protocol.CompareTo(other.Protocol) is not 0 and var protocol ? protocol
            : Sender.CompareTo(other.Sender) is not 0 and var sender ? sender
            : Receiver.CompareTo(other.Receiver) is not 0 and var receiver ? receiver
            : Name.CompareTo(other.Name) is not 0 and var name ? name
            : Location.CompareTo(other.Location) is not 0 and var location ? location
            : Declared.CompareTo(other.Declared) is not 0 and var declared ? declared
            : Sniffed.CompareTo(other.Sniffed) is not 0 and var sniffed ? sniffed
            : Seen.CompareTo(other.Seen) is not 0 and var seen ? seen
            : Missing.CompareTo(other.Missing) is not 0 and var missing ? missing
            : IsComplete.CompareTo(other.IsComplete) is not 0 and var complete ? complete
            : Sha256.CompareTo(other.Sha256) is not 0 and var sha256 ? sha256
            : Kind.CompareTo(other.Kind) is not 0 and var kind ? kind
            : Remark.CompareTo(other.Remark) is not 0 and var remark ? remark
            : Facts.CompareTo(other.Facts);
}
