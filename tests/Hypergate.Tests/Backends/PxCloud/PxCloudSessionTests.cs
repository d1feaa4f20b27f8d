using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Simulator.PxCloud;
using Hypergate.Simulator.Faults;

namespace Hypergate.Tests.Backends.PxCloud;

public sealed class PxCloudSessionTests
{
    private static readonly ContractCall List = new("pxcloud_get_api_vms", """{"limit":3}""");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_longer_than_the_life_of_a_token_goes_on(bool tellsExpiry)
    {
        var time = new ManualTime();
        await using var cloud = await PxCloudUnderTest.StartAsync(new PxCloudOptions { TokenLife = TimeSpan.FromMinutes(20), TellsExpiry = tellsExpiry }, time);
        await using var gateway = await ContractGateway.StartAsync(time, PxCloudUnderTest.Settings(cloud));

        for (var round = 0; round < 5; round++)
        {
            time.Advance(TimeSpan.FromMinutes(19));
            var list = await gateway.CallAsync(List);
            Assert.False(list.IsError, list.Text);
        }

        Assert.Equal(6, cloud.Logins);
        Assert.Equal(6, cloud.Requests.All.Count(static request => request.Target == "/api/auth/login"));
    }

    [Fact]
    public async Task A_token_that_is_far_from_its_end_is_not_renewed()
    {
        var time = new ManualTime();
        await using var cloud = await PxCloudUnderTest.StartAsync(new PxCloudOptions { TokenLife = TimeSpan.FromMinutes(20) }, time);
        await using var gateway = await ContractGateway.StartAsync(time, PxCloudUnderTest.Settings(cloud));

        time.Advance(TimeSpan.FromMinutes(17));
        await gateway.CallAsync(List);

        Assert.Equal(1, cloud.Logins);
    }

    [Fact]
    public async Task Ten_calls_at_once_renew_a_session_once()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud));
        cloud.ForgetTokens();

        var lists = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => gateway.CallAsync(List)));

        Assert.All(lists, static list => Assert.False(list.IsError, list.Text));
        Assert.Equal(2, cloud.Logins);
    }

    [Fact]
    public async Task A_change_that_was_refused_for_an_old_token_is_sent_once_more_and_done_once()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud));
        cloud.Faults.Add(new Fault { Path = "/api/vms/*/snapshots", Method = "POST", Times = 1, ExpiredToken = true });

        var done = await gateway.AgreedAsync(new("pxcloud_post_api_vms_id_snapshots", """{"id":"prod:prod1:100","name":"once"}"""));

        Assert.False(done.IsError, done.Text);
        var rows = (await gateway.CallAsync("pxcloud_get_api_vms_id_snapshots", """{"id":"prod:prod1:100","fields":"*"}""")).Text;
        Assert.Single(rows.Split('\n'), static row => row.Contains("once", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_given_token_is_used_as_it_is_and_named_when_it_ends()
    {
        var time = new ManualTime();
        await using var cloud = await PxCloudUnderTest.StartAsync(new PxCloudOptions { TokenLife = TimeSpan.FromMinutes(20) }, time);
        var token = cloud.Token("viewer");
        await using var gateway = await ContractGateway.StartAsync(time, PxCloudUnderTest.Settings(cloud) with { Auth = new() { Token = new Secret(token) } });

        var check = await gateway.CallAsync("check_connection");
        time.Advance(TimeSpan.FromMinutes(21));
        var late = await gateway.CallAsync(List);

        Assert.Contains("User: viewer", check.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(cloud.Requests.All, static request => request.Target == "/api/auth/login");
        Assert.True(late.IsError);
        Assert.Contains("PXCLOUD_TOKEN", late.Text, StringComparison.Ordinal);
        Assert.Contains("expired", late.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token, late.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("locked", "the account is locked")]
    [InlineData("factor", "needs a second factor")]
    public async Task An_account_that_cannot_sign_in_is_told_why_and_tried_once(string user, string expected)
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        var auth = new BackendSettingsAuth { Username = user, Password = new Secret(cloud.PasswordOf(user)) };
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud) with { Auth = auth });

        var check = await gateway.CallAsync("check_connection");
        await gateway.CallAsync("check_connection");

        Assert.True(check.IsError);
        Assert.Contains(expected, check.Text, StringComparison.Ordinal);
        Assert.Equal(1, cloud.Requests.All.Count(static request => request.Target == "/api/auth/login"));
    }

    [Fact]
    public async Task A_description_behind_the_login_is_read_with_it()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync(new PxCloudOptions { DescriptionNeedsLogin = true });
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud));

        Assert.False((await gateway.CallAsync(List)).IsError);
    }

    [Fact]
    public async Task Neither_password_nor_token_stands_in_any_answer_or_record()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud));
        var texts = new List<string>();
        foreach (var tool in (string[])["check_connection", "pxcloud_get_api_auth_me", "pxcloud_get_api_users", "pxcloud_get_api_auth_tokens", "whoami"])
        {
            texts.Add((await gateway.CallAsync(tool)).Text);
        }

        cloud.Faults.Add(new Fault { Status = 500, Body = $$"""{"code":"broken","message":"for {{cloud.Password}}"}""" });
        texts.Add((await gateway.CallAsync(List)).Text);
        var sent = cloud.Requests.All.Select(static request => request.Headers.GetValueOrDefault("Authorization")?["Bearer ".Length..]).OfType<string>().Distinct().ToList();

        Assert.NotEmpty(sent);
        Assert.All(sent.Append(cloud.Password), secret =>
        {
            Assert.DoesNotContain(secret, string.Concat(texts), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, gateway.AuditText, StringComparison.Ordinal);
        });
    }
}
