using Pcapper.Modules.Protocols.Http;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Protocols.Http;

public sealed class MediaTypesTests
{
    [Theory]
    [InlineData(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "text/x-eicar")]
    [InlineData(@"X5O!P%@AP[4\PZX54", "text/plain")]
    [InlineData("%PDF-1.7", "application/pdf")]
    public void Types_are_told_by_the_first_bytes(string content, string? type) => Assert.Equal(type, MediaTypes.Sniff(Hex.Text(content)));
}
