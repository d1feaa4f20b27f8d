using System.Text;
using Hypergate.Backends.Http;
using Hypergate.Backends.Proxmox;

namespace Hypergate.Tests.Backends.Proxmox;

public sealed class ProxmoxErrorTests
{
    [Theory]
    [InlineData(403, "Permission check failed (/vms/100, VM.Snapshot)", "lacks VM.Snapshot on /vms/100", "PVEVMAdmin")]
    [InlineData(403, "Permission check failed (/nodes/pve1, Sys.Audit)", "lacks Sys.Audit on /nodes/pve1", "PVEAuditor")]
    [InlineData(403, "Permission check failed (URI '/access/password' not available with API token, need proper ticket.", "needs a login", "API tokens")]
    [InlineData(403, "Permission check failed (user != root@pam)", "Only root@pam", "on the platform itself")]
    [InlineData(501, "Method 'GET /nope' not implemented", "does not have the operation", "description")]
    [InlineData(500, "Configuration file 'nodes/pve1/qemu-server/999.conf' does not exist", "does not exist. Check the id", "list_cluster_resources")]
    [InlineData(500, "hostname lookup 'nope' failed - failed to get address info", "no node of this name", "list_nodes")]
    [InlineData(500, "VM is locked (backup)", "VM is locked (backup). Something else works on the guest (backup)", "try again")]
    [InlineData(500, "checksum mismatch (file change by other user?)", "changed in the meantime", "digest")]
    [InlineData(500, "can't remove VM 112 - protection mode enabled", "protected it on purpose", "lifted")]
    [InlineData(500, "cluster not ready - no quorum?", "lost its quorum", "read")]
    [InlineData(500, "QEMU guest agent is not running", "guest agent must be installed", "agent: 1")]
    [InlineData(500, "VM 100 is running - destroy failed", "Look at the guest's status", "state")]
    public void Each_error_says_what_to_do_next(int status, string message, string first, string second)
    {
        var text = ProxmoxErrors.Read(Reply(status, $$"""{"data":null,"message":"{{message}}\n"}""", message), withToken: true);

        Assert.Contains(first, text, StringComparison.Ordinal);
        Assert.Contains(second, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Refused_arguments_are_named_with_their_faults()
    {
        var text = ProxmoxErrors.Read(
            Reply(400, """{"data":null,"message":"Parameter verification failed.\n","errors":{"net0":"format error\nnet0.model: value 'x'","cores":"type check ('integer') failed - got 'abc'"}}""", ""),
            withToken: true);

        Assert.Contains("cores: type check ('integer') failed - got 'abc'", text, StringComparison.Ordinal);
        Assert.Contains("net0: format error", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(595, "No route to host", "offline")]
    [InlineData(596, "Connection timed out", "before repeating it")]
    [InlineData(599, "Too many redirections", "not known whether")]
    public void Where_there_is_no_body_the_reason_speaks(int status, string reason, string words)
    {
        var text = ProxmoxErrors.Read(Reply(status, "", reason), withToken: true);

        Assert.Contains(reason, text, StringComparison.Ordinal);
        Assert.Contains(words, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_login_names_what_was_sent()
    {
        Assert.Contains("tokenSecret", ProxmoxErrors.Read(Reply(401, "", "Authentication failed!"), withToken: true), StringComparison.Ordinal);
        Assert.Contains("password", ProxmoxErrors.Read(Reply(401, "", "Authentication failed!"), withToken: false), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "storage 'x' does not exist", 404)]
    [InlineData(500, "unable to find configuration file for VM 999 on node 'pve1'", 404)]
    [InlineData(500, "VM 100 not running", 409)]
    [InlineData(500, "VM is locked (snapshot)", 423)]
    [InlineData(500, "got timeout", 503)]
    [InlineData(500, "something else", 500)]
    [InlineData(403, "does not exist", 403)]
    public void The_status_is_told_as_it_should_have_been(int status, string message, int meant) =>
        Assert.Equal(meant, ProxmoxErrors.StatusOf(Reply(status, $$"""{"data":null,"message":"{{message}}\n"}""", message)));

    private static HttpReply Reply(int status, string body, string reason) => new()
    {
        Status = status,
        Reason = reason,
        Body = Encoding.UTF8.GetBytes(body),
        Address = new Uri("https://pve1:8006/api2/json/version"),
    };
}
