using System.Globalization;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>What a device says of itself (CIP volume 1, 5A-2; in answers to ListIdentity volume 2, 2-4.2).</summary>
/// <param name="Version">The version of the encapsulation, or null in an answer of the identity object.</param>
/// <param name="Address">The address that it says it has, or null.</param>
/// <param name="Port">The port that it says it has, or null.</param>
/// <param name="Vendor">The maker's number.</param>
/// <param name="DeviceType">The kind of device.</param>
/// <param name="ProductCode">The product's number.</param>
/// <param name="Revision">Major and minor revision.</param>
/// <param name="Status">The status word.</param>
/// <param name="SerialNumber">The serial number.</param>
/// <param name="ProductName">The product's name, raw.</param>
/// <param name="State">The state, or null.</param>
public sealed record EnipIdentity(
    int? Version, IpAddress? Address, int? Port, int Vendor, int DeviceType, int ProductCode, string Revision, int Status, uint SerialNumber, string ProductName, byte? State)
{
    private const int PadLength = 8;

    /// <summary>Reads the item of an answer to ListIdentity, or null.</summary>
    internal static EnipIdentity? ReadItem(ReadOnlySpan<byte> item)
    {
        var reader = new WireReader(item);
        int version = reader.U16Little();
        reader.U16();
        int port = reader.U16();
        uint address = reader.U32();
        reader.Skip(PadLength);
        EnipIdentity? identity = ReadObject(ref reader);
        return identity is null ? null : identity with { Version = version, Port = port, Address = IpAddress.FromIPv4(address), State = reader.Remaining > 0 ? reader.U8() : null };
    }

    /// <summary>Reads all attributes of the identity object, or null.</summary>
    internal static EnipIdentity? ReadObject(ReadOnlySpan<byte> data)
    {
        var reader = new WireReader(data);
        return ReadObject(ref reader);
    }

    /// <summary>Says it in words, for people.</summary>
    internal IEnumerable<string> Texts()
    {
        yield return $"product: {ProductName} {Revision}";
        yield return $"vendor: {CipNames.Vendor(Vendor) ?? Vendor.ToString(CultureInfo.InvariantCulture)}";
        yield return $"type: {CipNames.DeviceType(DeviceType) ?? DeviceType.ToString(CultureInfo.InvariantCulture)}";
        yield return string.Create(CultureInfo.InvariantCulture, $"serial number: {SerialNumber:x8}");
    }

    private static EnipIdentity? ReadObject(ref WireReader reader)
    {
        int vendor = reader.U16Little();
        int type = reader.U16Little();
        int code = reader.U16Little();
        byte major = reader.U8();
        byte minor = reader.U8();
        int status = reader.U16Little();
        uint serial = reader.U32Little();
        ReadOnlySpan<byte> name = reader.Take(reader.U8());
        return reader.Overrun ? null
            : new EnipIdentity(null, null, null, vendor, type, code, string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}"), status, serial, WireText.Decode(name).Trim(), null);
    }
}
