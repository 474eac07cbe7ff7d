using Pcapper.Modules.Data;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.ReferenceData;

public sealed class MacVendorsTests
{
    [Theory]
    [InlineData(0x0000_0C_123456, "Cisco Systems, Inc")]
    [InlineData(0x0050_56_000001, "VMware, Inc.")]
    public void A_prefix_names_its_holder(ulong address, string expected) => Assert.Equal(expected, MacVendors.Of(new MacAddress(address)));

    [Theory]
    [InlineData(0x0200_0000_0001, "set by the host itself")]
    [InlineData(0x0100_5E00_00FB, "a group")]
    public void Addresses_that_nobody_was_given_have_none(ulong address, string why) => Assert.True(MacVendors.Of(new MacAddress(address)) is null, why);
}
