using Hypergate.Backends;
using Hypergate.Backends.Rest;
using Hypergate.Descriptions.Dadl;
using Hypergate.Tests.Backends;
using Hypergate.Tests.Simulator;

namespace Hypergate.Tests.Catalog;

/// <summary>A file that describes a platform holds as soon as it has changed, and one that cannot be used never does.</summary>
public sealed class DescriptionFileTests : IDisposable
{
    private readonly SteppedTime _time = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("hypergate-test-").FullName;

    private string File => Path.Combine(_folder, "api.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_holds_within_five_seconds()
    {
        Write("old");
        await using var gateway = await StartAsync();
        Assert.Equal(["old"], Names(gateway));

        Write("next");

        Assert.InRange(await SecondsUntilAsync(() => Names(gateway) is ["next"]), 1, 5);
        Assert.Null(Api(gateway).DescriptionProblem);
    }

    [Theory]
    [InlineData("{ broken", "invalid JSON")]
    [InlineData(null, "cannot be read")]
    public async Task One_that_cannot_be_used_leaves_the_one_before_in_force_and_tells_why(string? content, string problem)
    {
        Write("old");
        await using var gateway = await StartAsync();

        if (content is null)
        {
            System.IO.File.Delete(File);
        }
        else
        {
            await System.IO.File.WriteAllTextAsync(File, content, TestContext.Current.CancellationToken);
        }

        await SecondsUntilAsync(() => Api(gateway).DescriptionProblem is not null);
        Assert.Contains(problem, Api(gateway).DescriptionProblem, StringComparison.Ordinal);
        Assert.Equal(["old"], Names(gateway));

        Write("mended");
        Assert.InRange(await SecondsUntilAsync(() => Names(gateway) is ["mended"] && Api(gateway).DescriptionProblem is null), 1, 6);
    }

    [Fact]
    public void What_a_dadl_file_includes_is_a_part_of_it()
    {
        var file = Path.Combine(_folder, "a.dadl");
        System.IO.File.WriteAllText(file, "includes: [{ path: types.yaml, merge_into: backend.types }]\n");
        var without = DadlIncludes.HashOf(file);
        System.IO.File.WriteAllText(Path.Combine(_folder, "types.yaml"), "_fragment: true\na: 1\n");
        var first = DadlIncludes.HashOf(file);
        System.IO.File.WriteAllText(Path.Combine(_folder, "types.yaml"), "_fragment: true\na: 2\n");

        Assert.Equal(3, new[] { without, first, DadlIncludes.HashOf(file) }.Distinct(StringComparer.Ordinal).Count());
        System.IO.File.WriteAllText(file, "backend: {}\n");
        Assert.Equal("", DadlIncludes.HashOf(file));
    }

    private static Backend Api(ContractGateway gateway) => gateway.Gateway.Backends[0];

    private static IReadOnlyList<string> Names(ContractGateway gateway) =>
        [.. gateway.Gateway.Parts.Catalog.Current.Find("api")?.Operations.Select(static operation => operation.Name) ?? []];

    private void Write(string operation) => System.IO.File.WriteAllText(File,
        """{"openapi":"3.0.0","info":{"title":"x","version":"1"},"paths":{"/NAME":{"get":{"operationId":"NAME","responses":{"200":{"description":"ok"}}}}}}""".Replace("NAME", operation, StringComparison.Ordinal));

    private Task<ContractGateway> StartAsync() => ContractGateway.StartAsync(
        _time, new BackendSettings { Name = "api", Kind = "rest", Url = new Uri("http://127.0.0.1:9"), Auth = new(), Rest = new RestSettings { Document = File } });

    // The clock goes on by a second each time everybody has had their turn.
    private async Task<int> SecondsUntilAsync(Func<bool> isSo)
    {
        var seconds = 0;
        for (; !isSo() && seconds < 60; seconds++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            for (var turn = 0; turn < 50 && !isSo(); turn++)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }
        }

        return seconds;
    }
}
