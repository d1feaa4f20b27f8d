using System.Security.Cryptography.X509Certificates;
using Hypergate.Backends;
using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>Files that arguments name by address: from named hosts alone, and sent on byte for byte.</summary>
public sealed class DadlFileFetchTests : IDisposable
{
    private const string Tools = """
      tools:
        send: { method: POST, path: /send, access: write, description: Sends, content_type: multipart/form-data, max_body_size: 1KB, params: { doc: { type: file_url, in: body, required: true }, title: { type: string, in: body } } }
        raw: { method: POST, path: /raw, access: write, description: Sends, content_type: application/octet-stream }
        link: { method: POST, path: /link, access: write, description: Links, params: { doc: { type: file_url, in: body, required: true } } }
        look: { method: GET, path: /look, access: read, description: Looks, params: { doc: { type: file_url, in: query, required: true } } }

    """;

    private readonly TestCertificates _certificates = new();
    private readonly X509Certificate2 _certificate;

    public DadlFileFetchTests() => _certificate = _certificates.Server();

    public void Dispose()
    {
        _certificate.Dispose();
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_file_comes_by_https_and_goes_on_as_a_part_and_as_a_body()
    {
        await using var host = LoopbackServer.Secure(_certificate, static (_, _) => LoopbackServer.Reply(200, "the bytes", "Content-Type: text/csv"));
        await using var api = await StartAsync(["127.0.0.1"], ["127.0.0.1"]);

        var part = await api.RequestAsync("send", $$"""{"title":"T","doc":"{{host.Address}}reports/q1.csv"}""");
        var raw = await api.RequestAsync("raw", $$"""{"_file":"{{host.Address}}a.bin"}""");

        Assert.Contains("filename=\"q1.csv\"\r\nContent-Type: text/csv\r\n\r\nthe bytes\r\n", part.Body, StringComparison.Ordinal);
        Assert.Equal("the bytes", raw.Body);
        Assert.All(host.Requests, static request => Assert.Null(request.Header("Authorization")));
    }

    [Fact]
    public async Task An_argument_whose_bytes_are_sent_says_what_it_takes()
    {
        await using var api = await StartAsync([], []);

        Assert.Equal(["a file: its handle, file:ID, or an https address", ""], api.Find("send").Parameters.Select(static parameter => parameter.Description));
        Assert.Equal("", api.Find("link").Parameters.Single(static parameter => parameter.Name == "doc").Description);
    }

    [Theory]
    [InlineData("link", "{\"doc\":\"https://files.example/a.csv\"}", "")]
    [InlineData("look", "", "doc=https%3A%2F%2Ffiles.example%2Fa.csv")]
    public async Task Where_the_platform_wants_an_address_it_gets_the_address_and_never_a_handle(string tool, string body, string query)
    {
        await using var api = await StartAsync([], []);

        Assert.Contains("'doc'", await api.RefusalAsync(tool, """{"doc":"file:0123456789abcdef0123456789abcdef"}"""), StringComparison.Ordinal);
        Assert.Empty(api.Server.Requests);

        var request = await api.RequestAsync(tool, """{"doc":"https://files.example/a.csv"}""");

        Assert.Equal(body, request.Body);
        Assert.Contains(query, request.Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_to_a_host_that_nobody_named_is_not_followed_and_circles_end()
    {
        await using var host = LoopbackServer.Secure(_certificate, static (request, _) => LoopbackServer.Reply(302, "", request.Target == "/away" ? "Location: https://elsewhere.invalid/x" : "Location: /round"));
        await using var api = await StartAsync(["127.0.0.1"], ["127.0.0.1"]);

        Assert.Contains("elsewhere.invalid is not a host", await api.RefusalAsync("send", $$"""{"doc":"{{host.Address}}away"}"""), StringComparison.Ordinal);
        Assert.Contains("redirect", await api.RefusalAsync("send", $$"""{"doc":"{{host.Address}}round"}"""), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(5, host.Requests.Count);
        Assert.Empty(api.Server.Requests);
    }

    [Theory]
    [InlineData("http://127.0.0.1/x", "https://")]
    [InlineData("https://other.example/x", "fileHosts")]
    [InlineData("https://me:secret@127.0.0.1/x", "credential")]
    [InlineData("file:///etc/passwd", "https://")]
    public async Task An_address_that_may_not_be_fetched_is_refused_before_anything_is_sent(string address, string reason)
    {
        await using var api = await StartAsync(["127.0.0.1"], ["127.0.0.1"]);

        Assert.Contains(reason, await api.RefusalAsync("send", $$"""{"doc":"{{address}}"}"""), StringComparison.Ordinal);
        Assert.Empty(api.Server.Requests);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:10.0.0.1]")]
    [InlineData("169.254.169.254")]
    public async Task A_named_host_of_a_private_network_needs_to_be_named_as_such(string host)
    {
        await using var api = await StartAsync([host], []);

        Assert.Contains("does not lie on the open internet", await api.RefusalAsync("send", $$"""{"doc":"https://{{host}}/x"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_larger_than_the_body_may_be_is_not_taken()
    {
        await using var host = LoopbackServer.Secure(_certificate, static (_, _) => LoopbackServer.Reply(200, new string('x', 2_000)));
        await using var api = await StartAsync(["127.0.0.1"], ["127.0.0.1"]);

        Assert.Contains("larger than 1024 bytes", await api.RefusalAsync("send", $$"""{"doc":"{{host.Address}}x"}"""), StringComparison.Ordinal);
    }

    private Task<DadlApi> StartAsync(IReadOnlyList<string> hosts, IReadOnlyList<string> closed) => DadlApi.StartAsync(Tools, new DadlWishes
    {
        Settings = settings => settings with { FileHosts = hosts, AllowPrivateFileHosts = closed, AllowUploads = true },
        Tls = new BackendSettingsTls { ExtraCa = _certificates.RootFile },
    });
}
