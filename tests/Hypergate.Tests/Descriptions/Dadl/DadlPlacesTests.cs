using Hypergate.Descriptions.Dadl;

namespace Hypergate.Tests.Descriptions.Dadl;

/// <summary>Faults are told where they are, and what could never be sent is one.</summary>
public sealed class DadlPlacesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hypergate-dadl-");

    [Fact]
    public void What_is_wrong_in_a_list_or_map_is_told_at_its_own_line()
    {
        const string File = """
            spec: "https://dadl.ai/spec/dadl-spec-v0.2.md"
            requires:
              features:
                - redact
                - healthy
            backend:
              name: small
              type: rest
              description: Small
              auth:
                type: session
                login: { path: /login, body: {}, extract: { token: $.a } }
                inject:
                  - { header: X-Ok, value: "{{token}}" }
                  - { header: X-Other, value: "{{tokn}}" }
                  - text
              tools:
                look:
                  method: GET
                  path: /look
                  access: read
                  description: Look
                  depends_on:
                    - look
                    - lok
                  response:
                    redact:
                      - $.ok
                      - bad
                  errors:
                    retry_on:
                      - 429
                      - many
                      - 503
                    terminal: [503]
                    map:
                      423: locked
                      200: fine
            """;

        var places = Faults(DadlFiles.Parse(File)).Select(static problem => (problem.Line, problem.Column, problem.Rule)).Order();

        Assert.Equal([(5, 7, "D012"), (15, 35, "D045"), (16, 9, "D021"), (25, 11, "D045"), (29, 13, "D049"), (33, 13, "D021"), (34, 13, "D047"), (38, 11, "D021")], places);
    }

    [Fact]
    public void A_tab_before_a_key_is_told_in_its_line()
    {
        var fault = Assert.Single(Faults(DadlFiles.Parse(DadlFiles.Head + "  tools:\n    a: 1\n\tb: 2\n")));

        Assert.Equal((DadlRules.Yaml, 9), (fault.Rule, fault.Line));
    }

    [Theory]
    [InlineData("/one/{id", "braces")]
    [InlineData("/a b", "characters")]
    [InlineData("/a#b", "characters")]
    [InlineData("/x/../y", "segments")]
    [InlineData("/a//b", "segments")]
    [InlineData("/x/%2e%2e/y", "characters")]
    [InlineData("/a%2", "characters")]
    [InlineData("/group%2Fproject/a%20b", null)]
    [InlineData("/a;v=1/$count", null)]
    [InlineData("https://h.example/x?y=1", null)]
    public void A_path_that_cannot_be_sent_is_a_fault(string path, string? words)
    {
        var faults = Faults(DadlFiles.Parse(DadlFiles.Head + $"  tools:\n    look: {{ method: GET, path: \"{path}\", access: read, description: Look }}\n"));

        if (words is null)
        {
            Assert.Empty(faults);
            return;
        }

        var fault = Assert.Single(faults);
        Assert.Equal((DadlRules.ToolParts, 8, "look"), (fault.Rule, fault.Line, fault.Tool));
        Assert.Contains(words, fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Anchors_of_a_fragment_are_no_tools_while_those_for_composites_are()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "a.yaml"), """
            _fragment: true
            _params: &params { id: { type: string, in: path, required: true } }
            look: { method: GET, path: "/{id}", access: read, description: Look, params: *params }
            _raw: { method: GET, path: "/raw/{id}", access: read, description: Raw, params: *params }
            """);

        var load = DadlFiles.Parse("includes:\n  - { path: a.yaml, merge_into: backend.tools }\n" + DadlFiles.Head, new DadlSurroundings { Folder = _folder.FullName });

        Assert.Empty(Faults(load));
        Assert.Equal(["look", "_raw"], load.Document!.Tools.Select(static tool => tool.Name));
    }

    // Without what the public registry alone asks for.
    private static IEnumerable<DadlProblem> Faults(DadlLoad load) => load.Problems.Where(static problem => problem.Rule != DadlRules.Registry);

    public void Dispose() => _folder.Delete(recursive: true);
}
