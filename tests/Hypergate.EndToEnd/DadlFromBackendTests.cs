using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd;

/// <summary><c>hypergate dadl from-backend</c>: what it writes, what it tells, and how it ends.</summary>
public sealed class DadlFromBackendTests : IDisposable
{
    private const string Document = """
        {"openapi":"3.1.0","info":{"title":"Shop","version":"1"},"paths":{
          "/orders":{"get":{"operationId":"listOrders","parameters":[{"name":"limit","in":"query","schema":{"type":"integer"}},{"name":"sid","in":"cookie","schema":{"type":"string"}}],"responses":{"200":{"description":"ok"}}},
                     "post":{"operationId":"createOrder","requestBody":{"required":true,"content":{"application/x-www-form-urlencoded":{"schema":{"type":"object","required":["tags"],"properties":{"tags":{"type":"array","items":{"type":"string"}}}}}}},"responses":{"200":{"description":"ok"}}}}}}
        """;

    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_file_goes_to_its_place_or_to_standard_output_and_the_words_to_standard_error()
    {
        Write(Document);

        var written = await CommandRun.OfAsync(_folder, [], "dadl", "from-backend", "shop", "--output", "shop.dadl");
        var shown = await CommandRun.OfAsync(_folder, [], "dadl", "from-backend", "shop");
        var checkedRun = await CommandRun.OfAsync(_folder, [], "dadl", "validate", "--profile", "registry", "shop.dadl");

        const string Words = "1 tool; left out: 1 operation, 1 parameter (listed at the top of the file)";
        Assert.Equal((0, "", $"shop.dadl: {Words}"), (written.ExitCode, written.Output, written.Error.Trim()));
        Assert.Equal((0, $"shop: {Words}"), (shown.ExitCode, shown.Error.Trim()));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "shop.dadl"), TestContext.Current.CancellationToken), shown.Output);
        Assert.StartsWith(
            "# shop.dadl: made from a live catalog by Hypergate\n# Left out: createOrder: goes as tags=x1&tags=x2, which this format cannot say\n# Left out: listOrders: cookie 'sid': no place in this format\nspec: ",
            shown.Output,
            StringComparison.Ordinal);
        Assert.True(checkedRun.ExitCode == 0, checkedRun.Output + checkedRun.Error);
    }

    [Fact]
    public async Task Nothing_is_written_of_a_backend_of_which_nothing_can_be_said()
    {
        Write("""{"openapi":"3.1.0","info":{"title":"Shop","version":"1"},"paths":{"/a":{"get":{"operationId":"one","parameters":[{"name":"sid","in":"cookie","required":true,"schema":{"type":"string"} }],"responses":{"200":{"description":"ok"} } } } } }""");

        var run = await CommandRun.OfAsync(_folder, [], "dadl", "from-backend", "shop", "--output", "shop.dadl");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal(["No operation of 'shop' can be said in this format:", "Left out: one: needs cookie 'sid': no place in this format"], run.Error.Trim().Split(Environment.NewLine));
        Assert.False(File.Exists(Path.Combine(_folder.Path, "shop.dadl")));
    }

    [Fact]
    public async Task Who_has_a_file_already_is_told_so()
    {
        Write(Document);
        await CommandRun.DoneAsync(_folder, "dadl", "from-backend", "shop", "--output", "shop.dadl");
        _folder.Write("hypergate.yaml", "backends: [{ name: shop, kind: dadl, url: \"http://127.0.0.1:9\", auth: {}, dadl: { file: ./shop.dadl } }]\nsurfaces: [search]\n");

        var run = await CommandRun.OfAsync(_folder, [], "dadl", "from-backend", "shop");

        Assert.Equal((1, "", "'shop' is made of a DADL file already (dadl.file in the settings): that is the file."), (run.ExitCode, run.Output, run.Error.Trim()));
    }

    private void Write(string document)
    {
        _folder.Write("shop.json", document);
        _folder.Write("hypergate.yaml", "backends: [{ name: shop, kind: rest, url: \"http://127.0.0.1:9\", auth: {}, actions: true, rest: { document: ./shop.json } }]\nsurfaces: [search]\n");
    }
}
