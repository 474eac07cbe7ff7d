using System.Formats.Asn1;
using Pcapper.Modules.Protocols.Asn1;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Protocols.Asn1;

public sealed class DerTests
{
    [Fact]
    public void Elements_are_told_by_their_tags()
    {
        var reader = new DerReader(Hex.Bytes("02 01 05  integer 5\n 6a 00   application 10\n a3 02 05 00   context 3"));
        Assert.Equal(2, reader.Next().Universal);
        Assert.Equal(10, reader.Next().Application);
        DerElement last = reader.Next();
        Assert.Equal((3, -1, -1, 2), (last.Context, last.Application, last.Universal, last.Content.Length));
        Assert.False(reader.HasMore);
        Assert.False(reader.Failed);
        reader.Next();
        Assert.True(reader.Failed);
    }

    [Theory]
    [InlineData("30 80 00 00")]
    [InlineData("30 05 01")]
    [InlineData("30 84 7f ff ff ff 00")]
    [InlineData("1f")]
    public void What_is_no_element_fails_and_stays_so(string hex)
    {
        var reader = new DerReader(Hex.Bytes(hex));
        reader.Next();
        Assert.True(reader.Failed);
        Assert.True(reader.Next(UniversalTagNumber.Integer).IsEmpty);
    }

    [Theory]
    [InlineData("00", 0L)]
    [InlineData("ff 7b", -133L)]
    [InlineData("00 ff", 255L)]
    [InlineData("80 00 00 00 00 00 00 00", long.MinValue)]
    public void Signed_numbers_keep_their_sign(string hex, long expected) => Assert.Equal(expected, DerValue.Signed(Hex.Bytes(hex)));

    [Fact]
    public void Numbers_of_more_than_64_bits_and_empty_ones_are_none()
    {
        Assert.Null(DerValue.Signed([]));
        Assert.Null(DerValue.Signed(new byte[9]));
    }
}
