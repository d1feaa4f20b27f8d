using Hypergate.Descriptions.Dadl;

namespace Hypergate.Tests.Descriptions.Dadl;

/// <summary>Nothing that a file or a fragment says is lost without a word.</summary>
public sealed class DadlIncludesTests : IDisposable
{
    private const string Tool = "  tools:\n    get_it: { method: GET, path: /it, access: read, description: Get }\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hypergate-dadl-");

    [Theory]
    [InlineData("backend.name", "backend.name holds a value")]
    [InlineData("backend.name.more", "backend.name holds a value")]
    [InlineData("credits", "credits holds a list")]
    [InlineData("backend..tools", "keys with dots")]
    [InlineData("\"\"", "keys with dots")]
    public void A_place_that_is_no_map_is_a_fault_and_keeps_what_it_holds(string place, string words)
    {
        var load = Parse($"credits: [me]\nincludes:\n  - {{ path: a.yaml, merge_into: {place} }}\n", "more: { x: y }\n");

        var problem = Assert.Single(load.Problems, static problem => problem.Path == "includes[0].merge_into");
        Assert.Equal(DadlRules.WrongType, problem.Rule);
        Assert.Contains(words, problem.Text, StringComparison.Ordinal);
        Assert.Equal("small", load.Document!.Name);
    }

    [Theory]
    [InlineData("backend.types")]
    [InlineData("backend.hints")]
    public void A_place_that_is_empty_or_missing_is_made(string place)
    {
        var load = Parse($"includes:\n  - {{ path: a.yaml, merge_into: {place} }}\n", place == "backend.hints" ? "get_it: { note: Slow }\n" : "It: { type: object }\n", "  types:\n");

        Assert.DoesNotContain(load.Problems, static problem => problem.Rule != DadlRules.Registry);
    }

    [Fact]
    public void Overrides_that_are_no_map_are_a_fault()
    {
        var load = Parse("includes:\n  - { path: a.yaml, merge_into: backend.tools, overrides: [1] }\n", "other: { method: GET, path: /o, access: read, description: Other }\n");

        Assert.Single(load.Problems, static problem => problem is { Rule: DadlRules.WrongType, Path: "includes[0].overrides" });
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(", overrides: { other: { path: /c } }", false)]
    public void Two_fragments_that_say_different_things_of_one_key_are_a_fault_unless_overrides_settle_it(string overrides, bool isFault)
    {
        const string One = "other: { method: GET, path: /a, access: read, description: Other }\n";
        File.WriteAllText(Path.Combine(_folder.FullName, "b.yaml"), "_fragment: true\n" + One.Replace("/a", "/b", StringComparison.Ordinal));

        var load = Parse($"includes:\n  - {{ path: a.yaml, merge_into: backend.tools }}\n  - {{ path: b.yaml, merge_into: backend.tools{overrides} }}\n", One);

        var faults = load.Problems.Where(static problem => problem.Rule != DadlRules.Registry).ToList();
        Assert.Equal(isFault ? ["b.yaml backend.tools.other.path"] : [], faults.Select(static problem => $"{problem.File} {problem.Path}"));
        Assert.Equal(isFault ? "/a" : "/c", load.Document!.Tools.Single(static tool => tool.Name == "other").Path);
    }

    [Fact]
    public void A_header_that_differs_from_another_in_capitals_alone_is_a_fault() => Assert.Contains(
        DadlFiles.Faults(DadlFiles.Head + "  tools:\n    get_it:\n      method: GET\n      path: /it\n      access: read\n      description: Get\n      params:\n        X-Tag: { type: string, in: header }\n        x-tag: { type: string, in: header }\n"),
        static fault => fault == "D021 15:16 backend.tools.get_it.params.x-tag");

    public void Dispose() => _folder.Delete(recursive: true);

    private DadlLoad Parse(string more, string fragment, string inner = "")
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "a.yaml"), "_fragment: true\n" + fragment);
        return DadlFiles.Parse(DadlFiles.Head + inner + Tool + more, new DadlSurroundings { Folder = _folder.FullName });
    }
}
