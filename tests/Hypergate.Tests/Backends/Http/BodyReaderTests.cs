using System.IO.Compression;
using System.Text;
using Hypergate.Backends.Http;
using static Hypergate.Tests.Backends.Http.LoopbackServer;

namespace Hypergate.Tests.Backends.Http;

public class BodyReaderTests
{
    private static readonly byte[] Rows = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 30_000).Select(n => $"{{\"id\":{n * 7919}}}")));

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity")]
    public async Task A_packed_body_arrives_unpacked_with_both_sizes(string encoding)
    {
        var packed = Pack(Rows, encoding);
        await using var server = Answering([.. Head(200, $"Content-Encoding: {encoding}", $"Content-Length: {packed.Length}"), .. packed]);

        var reply = Assert.IsType<HttpReply>(await SendAsync(server));

        Assert.Equal(Rows, reply.Body.ToArray());
        Assert.Equal(packed.Length, reply.WireBytes);
    }

    [Theory]
    [InlineData("https://xo.example.com/rest/v0", "gzip, br")]
    [InlineData("https://10.0.0.4", "gzip, br")]
    [InlineData("http://localhost:8080/", "identity")]
    [InlineData("http://[::1]:9/", "identity")]
    public void Packed_bodies_are_asked_for_only_where_they_travel(string address, string encodings) =>
        Assert.Equal(encodings, BodyReader.EncodingsFrom(new Uri(address)));

    [Fact]
    public async Task A_body_without_a_length_is_read_to_its_end()
    {
        await using var server = Answering([.. Head(200), .. Rows]);

        Assert.Equal(Rows, Assert.IsType<HttpReply>(await SendAsync(server)).Body.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_body_just_within_the_limit_is_taken_and_one_byte_more_is_not(int more)
    {
        await using var announced = Answering([.. Head(200, $"Content-Length: {100_000 + more}"), .. new byte[100_000 + more]]);
        await using var open = Answering([.. Head(200), .. new byte[100_000 + more]]);

        foreach (var server in (LoopbackServer[])[announced, open])
        {
            var result = await SendAsync(server, 100_000);
            Assert.Equal(more == 0, result is HttpReply);
            Assert.True(result is HttpReply or TransportFailure { Kind: FailureKind.TooLarge });
        }
    }

    [Fact]
    public async Task The_limit_counts_unpacked_bytes()
    {
        var packed = Pack(Rows, "gzip");
        await using var server = Answering([.. Head(200, "Content-Encoding: gzip"), .. packed]);

        var failure = Assert.IsType<TransportFailure>(await SendAsync(server, packed.Length + 10));

        Assert.Equal(FailureKind.TooLarge, failure.Kind);
        Assert.Contains("ask for fewer objects or fields", failure.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_decompression_bomb_is_refused_although_it_stays_below_the_limit(string encoding)
    {
        var bomb = Pack(new byte[60_000_000], encoding);
        await using var server = Answering([.. Head(200, $"Content-Encoding: {encoding}"), .. bomb]);

        var failure = Assert.IsType<TransportFailure>(await SendAsync(server));

        Assert.Equal(FailureKind.TooLarge, failure.Kind);
        Assert.Contains("decompression bombs", failure.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("gzip, br")]
    public async Task A_packing_that_nobody_asked_for_is_refused(string encoding)
    {
        await using var server = Answering([.. Head(200, $"Content-Encoding: {encoding}"), .. Rows]);

        Assert.Equal(FailureKind.Malformed, Assert.IsType<TransportFailure>(await SendAsync(server)).Kind);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Broken_or_cut_packed_data_is_a_failure(string encoding)
    {
        var packed = Pack(Rows, encoding);
        await using var cut = Answering([.. Head(200, $"Content-Encoding: {encoding}"), .. packed[..(packed.Length / 2)]]);
        await using var broken = Answering([.. Head(200, $"Content-Encoding: {encoding}"), .. Enumerable.Repeat((byte)0xFF, 2000)]);

        Assert.Equal(FailureKind.Truncated, Assert.IsType<TransportFailure>(await SendAsync(cut)).Kind);
        Assert.Equal(FailureKind.Truncated, Assert.IsType<TransportFailure>(await SendAsync(broken)).Kind);
    }

    private static async Task<HttpResult> SendAsync(LoopbackServer server, int maxBytes = 64 * 1024 * 1024)
    {
        using var http = new BackendHttp(
            new() { Address = server.Address, Words = XoWords.Value, MaxBodyBytes = maxBytes }, TimeProvider.System);
        return await http.SendAsync(new() { Address = server.Address }, TestContext.Current.CancellationToken);
    }

    private static byte[] Pack(byte[] plain, string encoding)
    {
        if (encoding == "identity")
        {
            return plain;
        }

        using var packed = new MemoryStream();
        using (Stream packer = encoding == "br"
            ? new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)
            : new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            packer.Write(plain);
        }

        return packed.ToArray();
    }
}
