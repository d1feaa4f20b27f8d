using Hypergate.Backends;
using Hypergate.Catalog;
using Hypergate.Model;

namespace Hypergate.Tests.Backends;

/// <summary>What every kind of backend must do, whatever its platform. A kind runs it with one line.</summary>
public abstract class BackendKindContract
{
    [Fact]
    public async Task Its_operations_become_tools_that_a_model_can_take()
    {
        await using var platform = await StartAsync();
        await using var gateway = await ContractGateway.StartAsync(platform.Settings);

        var operations = gateway.Gateway.Parts.Catalog.Current.Find(platform.Settings.Name)!.Operations;

        Assert.NotEmpty(operations);
        Assert.Equal(operations.Count, operations.Select(static operation => operation.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(operations, static operation => Assert.Matches("^[A-Za-z0-9_.-]{1,64}$", operation.Name));
        Assert.All(gateway.Gateway.Tools.Current, static tool => Assert.Matches("^[a-z0-9_]{1,64}$", tool.Name));
        Assert.All(gateway.Gateway.Tools.Current, static tool => Assert.InRange(tool.Description.Length, 1, 6_000));
        Assert.All(operations.GroupBy(static operation => (operation.Domain, operation.Changes)), static tool => Assert.InRange(tool.Count(), 1, 60));
    }

    [Fact]
    public async Task Its_catalog_comes_back_from_the_cache_as_it_was()
    {
        await using var platform = await StartAsync();
        await using var gateway = await ContractGateway.StartAsync(platform.Settings);
        var catalog = gateway.Gateway.Parts.Catalog.Current.Find(platform.Settings.Name)!;

        var (read, _) = CatalogReader.Read(CatalogWriter.Write(catalog, platform.Settings.Url.First));

        Assert.Equal(Lines(catalog), Lines(read));
        Assert.Equal((catalog.Hash, catalog.Version), (read.Hash, read.Version));
    }

    [Fact]
    public async Task A_check_tells_who_we_are_and_which_version_answers()
    {
        await using var platform = await StartAsync();
        await using var gateway = await ContractGateway.StartAsync(platform.Settings);

        var check = await gateway.CallAsync("check_connection");

        Assert.False(check.IsError, check.Text);
        Assert.Contains($"User: {platform.User}", check.Text, StringComparison.Ordinal);
        Assert.Matches(@"Version: .*\d", check.Text);
    }

    [Fact]
    public async Task A_wrong_credential_is_told_as_such_and_shown_nowhere()
    {
        await using var platform = await StartAsync();
        await using var gateway = await ContractGateway.StartAsync(platform.Settings with { Auth = platform.WrongAuth });

        var check = await gateway.CallAsync("check_connection");

        Assert.True(check.IsError);
        Assert.Contains("Authentication failed", check.Text, StringComparison.Ordinal);
        Assert.All(platform.Secrets, secret => Assert.DoesNotContain(secret, check.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_platform_that_is_not_there_is_told_with_what_to_check()
    {
        await using var platform = await StartAsync();
        await using var gateway = await ContractGateway.StartAsync(platform.Settings with { Url = new Uri("https://127.0.0.1:1") });

        var check = await gateway.CallAsync("check_connection");

        Assert.True(check.IsError);
        Assert.Contains("Cannot connect", check.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overview_counts_hosts_and_guests()
    {
        await using var platform = await StartAsync();
        await using var gateway = await ContractGateway.StartAsync(platform.Settings);

        var summary = await gateway.CallAsync("get_infrastructure_summary");

        Assert.False(summary.IsError, summary.Text);
        var backend = summary.Structured!.Value.GetProperty("backends")[0];
        Assert.True(backend.GetProperty("hosts").GetInt32() > 0);
        Assert.True(backend.GetProperty("vms").EnumerateObject().Sum(static state => state.Value.GetInt32()) > 0);
        Assert.False(backend.TryGetProperty("problem", out _), summary.Text);
    }

    [Fact]
    public async Task Guests_can_be_listed()
    {
        await using var platform = await StartAsync();
        await using var gateway = await ContractGateway.StartAsync(platform.Settings);

        var list = await gateway.CallAsync(platform.List);

        Assert.False(list.IsError, list.Text);
        Assert.True(list.Structured!.Value.GetProperty("rows").GetArrayLength() > 0);
    }

    [Fact]
    public async Task What_does_not_exist_is_told_as_such()
    {
        await using var platform = await StartAsync();
        await using var gateway = await ContractGateway.StartAsync(platform.Settings);

        var missing = await gateway.CallAsync(platform.Missing);

        Assert.True(missing.IsError);
        Assert.Matches("(?i)no such|does not exist|not found|404", missing.Text);
    }

    [Fact]
    public async Task Nothing_is_changed_before_a_person_has_seen_what_is_touched()
    {
        await using var platform = await StartAsync();
        await using var gateway = await ContractGateway.StartAsync(platform.Settings);
        var before = platform.Writes();

        var preview = await gateway.PreviewAsync(platform.Start);

        Assert.Contains("Confirmation Required", preview, StringComparison.Ordinal);
        Assert.Contains("**Object:** ", preview, StringComparison.Ordinal);
        Assert.Equal(before, platform.Writes());
    }

    [Fact]
    public async Task A_job_is_followed_to_its_end_and_only_then_is_it_done()
    {
        await using var platform = await StartAsync();
        await using var gateway = await ContractGateway.StartAsync(platform.Settings);

        var started = await gateway.AgreedAsync(platform.Start);

        Assert.False(started.IsError, started.Text);
        Assert.Equal("done", started.Structured!.Value.GetProperty("status").GetString());
        Assert.Contains("Object now: ", started.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_fails_after_it_was_accepted_is_a_failure()
    {
        await using var platform = await StartAsync();
        await using var gateway = await ContractGateway.StartAsync(platform.Settings);
        await gateway.AgreedAsync(platform.Start);

        var again = await gateway.AgreedAsync(platform.Start);

        Assert.True(again.IsError, again.Text);
    }

    [Fact]
    public async Task A_dangerous_call_says_what_is_lost()
    {
        await using var platform = await StartAsync();
        await using var gateway = await ContractGateway.StartAsync(platform.Settings);
        await gateway.AgreedAsync(platform.Start);

        Assert.Contains("**Note:** ", await gateway.PreviewAsync(platform.Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_kind_says_everything_that_the_core_asks_of_it()
    {
        await using var platform = await StartAsync();
        var kind = BackendKinds.Find(platform.Settings.Kind)!;

        Assert.Contains(kind.Settings, KindsOfSettings.All);
        Assert.Empty(kind.Settings.CheckAuth(platform.Settings.Auth));
        Assert.NotEmpty(kind.Settings.CheckAuth(new BackendSettingsAuth()));
        Assert.Equal("***", kind.Settings.MakeCredential(platform.Settings.Auth).ToString());
        Assert.Matches("^[a-z]{2,6}$", kind.ToolPrefix);
        Assert.Contains("password", kind.Redaction.Hidden);
        Assert.NotNull(kind.Jobs);
        Assert.NotNull(kind.Subjects);
        Assert.NotNull(kind.Summary);
        Assert.NotNull(kind.Identity);
    }

    private protected abstract Task<ContractPlatform> StartAsync();

    private static List<string> Lines(BackendCatalog catalog) =>
    [
        .. catalog.Operations.Select(static operation => string.Join(
            '|',
            operation.Name, operation.DeclaredName, operation.Domain, operation.Title, operation.Description, operation.Method, operation.Path, operation.Access,
            operation.Exposure, operation.Deprecated, operation.Result, operation.KeepsOrder, operation.Body?.Schema.GetRawText(), operation.Body?.Required,
            string.Join(',', operation.DefaultFields), string.Join(',', operation.KnownFields), string.Join(',', operation.Requires), string.Join(',', operation.Switches),
            string.Join(',', operation.Parameters.Select(Line)))),
    ];

    private static string Line(Parameter parameter) =>
        $"{parameter.Name} {parameter.Place} {parameter.Required} {parameter.Description} {parameter.Schema.GetRawText()}";
}
