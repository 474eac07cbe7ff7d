using Pcapper.Modules.Protocols.Tls;
using Xunit;

namespace Pcapper.Tests.Protocols.Tls;

public sealed class HandshakeBufferTests
{
    // Records that end in the middle of messages: at no time is everything taken.
    [Fact]
    public void What_was_taken_is_let_go_of()
    {
        byte[] message = [4, 0, 0x1F, 0x40, .. new byte[8000]];
        var buffer = new HandshakeBuffer();
        buffer.Add(message.AsSpan(0, 4000));
        int taken = 0;
        for (int i = 0; i < 1000; i++)
        {
            buffer.Add([.. message.AsSpan(4000), .. message.AsSpan(0, 4000)]);
            while (buffer.TryTake(out _, out ReadOnlySpan<byte> body))
            {
                Assert.Equal(8000, body.Length);
                taken++;
            }
        }

        Assert.Equal(1000, taken);
        Assert.InRange(buffer.Capacity, 0, 64 * 1024);
    }
}
