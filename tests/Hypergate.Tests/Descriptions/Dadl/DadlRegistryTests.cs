using Hypergate.Descriptions.Dadl;
using Hypergate.Model;

namespace Hypergate.Tests.Descriptions.Dadl;

/// <summary>The published files: each is read whole and without an error, with the numbers that are known of it.</summary>
public sealed class DadlRegistryTests
{
    [Theory]
    [InlineData("cloudflare", "1.0", 200, 0, "88/84/6/22")]
    [InlineData("github", "", 259, 0, "140/60/27/32")]
    [InlineData("graylog", "1.1", 216, 6, "105/37/54/20")]
    [InlineData("mastodon", "1.1", 115, 0, "55/44/12/4")]
    [InlineData("mempool", "1.0", 88, 5, "84/3/0/1")]
    [InlineData("opnsense", "1.0", 343, 4, "156/96/54/37")]
    [InlineData("shelly-cloud", "", 14, 1, "4/10/0/0")]
    [InlineData("stripe", "1.0", 96, 0, "43/44/3/6")]
    [InlineData("vikunja", "", 28, 5, "11/13/0/4")]
    [InlineData("xen-orchestra", "3.3", 267, 0, "122/75/49/21")]
    public void A_published_file_has_the_known_numbers(string name, string version, int tools, int composites, string access)
    {
        var document = DadlFiles.Load(name).Document!;

        Assert.Equal((name, version, tools, composites), (document.Name, document.Version, document.Tools.Count, document.Composites.Count));
        Assert.Equal(access, string.Join('/', new[] { "read", "write", "admin", "dangerous" }.Select(word => document.Tools.Count(tool => tool.Access == word))));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_published_file_has_no_error_in_any_profile(string name)
    {
        var load = DadlFiles.Load(name);

        Assert.False(load.IsRefused);
        Assert.Empty(load.Unavailable);
        foreach (var profile in Enum.GetValues<DadlProfile>())
        {
            Assert.DoesNotContain(load.Problems, problem => DadlRules.SeverityOf(problem, profile) >= DadlSeverity.Error);
        }
    }

    [Theory]
    [InlineData("cloudflare", DadlAuthKind.Bearer, "Authorization", "Bearer ", null)]
    [InlineData("graylog", DadlAuthKind.Basic, "Authorization", "", null)]
    [InlineData("mempool", DadlAuthKind.ApiKey, "X-Mempool-Auth", "", null)]
    [InlineData("opnsense", DadlAuthKind.Basic, "Authorization", "", null)]
    [InlineData("shelly-cloud", DadlAuthKind.ApiKey, null, "", "auth_key")]
    [InlineData("vikunja", DadlAuthKind.Bearer, "Authorization", "Bearer ", null)]
    [InlineData("xen-orchestra", DadlAuthKind.Bearer, "Cookie", "authenticationToken=", null)]
    public void A_published_file_says_how_its_credential_is_sent(string name, DadlAuthKind kind, string? header, string prefix, string? query)
    {
        var auth = DadlFiles.Load(name).Document!.Auth;

        Assert.Equal((kind, header, prefix, query), (auth.Kind, auth.Header, auth.Prefix, auth.Query));
    }

    [Theory]
    [InlineData("xen-orchestra", PagingStrategy.Offset, false, null, "limit")]
    [InlineData("vikunja", PagingStrategy.Page, true, "page", "per_page")]
    [InlineData("stripe", PagingStrategy.Cursor, false, "starting_after", "limit")]
    [InlineData("mastodon", PagingStrategy.LinkHeader, false, null, "limit")]
    public void A_published_file_says_how_its_lists_are_paged(string name, PagingStrategy strategy, bool isAutomatic, string? position, string? limit)
    {
        var paging = DadlFiles.Load(name).Document!.Tools.Select(static tool => tool.Rules.Paging).First(static paging => paging is not null)!;

        Assert.Equal((strategy, isAutomatic, position, limit), (paging.Strategy, paging.IsAutomatic, paging.Position, paging.Limit));
    }

    [Fact]
    public void The_files_have_the_known_numbers_of_examples_and_jq_programs()
    {
        var documents = DadlFiles.Names.Select(static name => DadlFiles.Load(name).Document!).ToList();

        Assert.Equal(17, documents.Single(static document => document.Name == "xen-orchestra").Examples.Count);
        Assert.Equal(50, documents.Single(static document => document.Name == "xen-orchestra").Hints.Count);
        Assert.Equal(9, documents.Single(static document => document.Name == "xen-orchestra").Tools.Count(static tool => tool.Rules.Response.IsFile));
        Assert.Equal(4, documents.Single(static document => document.Name == "xen-orchestra").Tools.Count(static tool => tool.Rules.UploadArgument is not null));
        Assert.Equal(1626, documents.Sum(static document => document.Tools.Count));
        Assert.Equal(21, documents.Sum(static document => document.Composites.Count));
    }

    [Fact]
    public void The_notes_are_the_comment_before_the_first_key()
    {
        var notes = DadlFiles.Load("xen-orchestra").Document!.Notes;

        Assert.StartsWith("xen-orchestra.dadl -- Xen Orchestra REST API", notes, StringComparison.Ordinal);
        Assert.Equal(78, notes.Split('\n').Length);
        Assert.EndsWith("User id \"me\" is a shortcut for the current authenticated user.", notes, StringComparison.Ordinal);
    }

    public static TheoryData<string> Files() => [.. DadlFiles.Names];
}
