namespace Pcapper.Enrichment.Intel;

/// <summary>Reads whole bodies, up to a bound, while the time-out of the attempt runs; longer ones are cut, and then are no JSON.</summary>
/// <param name="inner">What sends.</param>
/// <param name="most">Bytes of a body.</param>
internal sealed class BoundedBodies(HttpMessageHandler inner, int most) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            using var body = new MemoryStream();
            byte[] buffer = new byte[16 * 1024];
            Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                for (int read; body.Length < most && (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
                {
                    body.Write(buffer, 0, (int)Math.Min(read, most - body.Length));
                }
            }

            response.Content.Dispose();
            response.Content = new ByteArrayContent(body.ToArray());
            return response;
        }
        catch (IOException e)
        {
            response.Dispose();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, inner: e);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
