namespace Pcapper.Packets;

/// <summary>Turns the pcapng blocks that hold no frame into what <see cref="CaptureInfo"/> tells.</summary>
internal sealed class PcapngNotes(CaptureInfo info)
{
    private const ushort Comment = 1;   // in every block
    private const byte Microseconds = 6;

    /// <summary>Reads the options of a section header block (4.1).</summary>
    public void Section(PcapngOptions options)
    {
        while (options.TryNext(out ushort code, out ReadOnlySpan<byte> value))
        {
            switch (code)
            {
                case Comment: AddComment(value); break;
                case 2: info.Hardware ??= PcapngOptions.Text(value); break;
                case 3: info.OperatingSystem ??= PcapngOptions.Text(value); break;
                case 4: info.Application ??= PcapngOptions.Text(value); break;
            }
        }
    }

    /// <summary>Reads an interface description block (4.2).</summary>
    public PcapngInterface Interface(PcapngOptions block, bool big)
    {
        var linkType = (LinkType)block.U16();
        block.U16();
        uint snapLength = block.U32();
        byte resolution = Microseconds;
        long offset = 0;
        var description = new CaptureInterface { Index = info.Interfaces.Count, LinkType = linkType, SnapLength = snapLength };
        while (block.TryNext(out ushort code, out ReadOnlySpan<byte> value))
        {
            switch (code)
            {
                case Comment: AddComment(value); break;
                case 2: description = description with { Name = PcapngOptions.Text(value) }; break;
                case 3: description = description with { Description = PcapngOptions.Text(value) }; break;
                case 6 when value.Length == 6: description = description with { Mac = new MacAddress(new WireReader(value).U48()) }; break;
                case 8 when value.Length == 8: description = description with { Speed = new PcapngOptions(value, big).U64() }; break;
                case 9 when value is [var exponent]: resolution = exponent; break;
                case 11 when value is [0, .. var filter]: description = description with { Filter = PcapngOptions.Text(filter) }; break;
                case 12: description = description with { OperatingSystem = PcapngOptions.Text(value) }; break;
                case 14 when value.Length == 8: offset = (long)new PcapngOptions(value, big).U64(); break;
            }
        }

        info.Interfaces.Add(description);
        return new PcapngInterface(description.Index, linkType, snapLength, resolution, offset);
    }

    /// <summary>Reads the options of a frame's block (4.3).</summary>
    public void Frame(PcapngOptions options)
    {
        while (options.TryNext(out ushort code, out ReadOnlySpan<byte> value))
        {
            if (code == Comment)
            {
                AddComment(value);
            }
        }
    }

    /// <summary>Reads the records of a name resolution block (4.5): an address, then its names, each ended by a zero.</summary>
    public void Names(PcapngOptions records)
    {
        const ushort IPv4 = 1;
        const ushort IPv6 = 2;
        while (records.TryNext(out ushort type, out ReadOnlySpan<byte> value))
        {
            int length = type switch { IPv4 => 4, IPv6 => 16, _ => int.MaxValue };
            if (value.Length <= length)
            {
                continue;
            }

            IpAddress address = IpAddress.FromBytes(value[..length]);
            foreach (Range range in value[length..].Split((byte)0))
            {
                ReadOnlySpan<byte> name = value[length..][range];
                if (!name.IsEmpty && info.Names.Count < Limits.CaptureNames)
                {
                    info.Names.Add((address, PcapngOptions.Text(name)));
                }
            }
        }
    }

    /// <summary>Reads the options of an interface statistics block (4.6).</summary>
    public void Statistics(int index, PcapngOptions options, bool big)
    {
        options.U64();
        while (options.TryNext(out ushort code, out ReadOnlySpan<byte> value))
        {
            if (code == 5 && value.Length == 8)
            {
                info.Interfaces[index].Dropped = new PcapngOptions(value, big).U64();
            }
        }
    }

    /// <summary>Counts a decryption secrets block (4.7); the secrets are of no use here, and are not kept.</summary>
    public void Secrets(PcapngOptions block)
    {
        block.U32();
        uint length = block.U32();
        if (length <= block.Remaining)
        {
            info.SecretBlocks++;
            info.SecretBytes += length;
        }
    }

    private void AddComment(ReadOnlySpan<byte> value)
    {
        if (info.Comments.Count < Limits.CaptureComments)
        {
            info.Comments.Add(PcapngOptions.Text(value));
        }
    }
}
