using System.Text;
using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Backends.Proxmox;
using Hypergate.Model;
using Hypergate.Tests.Descriptions.ProxmoxApi;

namespace Hypergate.Tests.Backends.Proxmox;

public sealed class ProxmoxFormTests
{
    [Theory]
    [InlineData("""{"cores":2,"onboot":true,"acpi":false,"description":"a & b = c; 50% ä+"}""", "cores=2&onboot=1&acpi=0&description=a%20%26%20b%20%3D%20c%3B%2050%25%20%C3%A4%2B")]
    [InlineData("""{"delete":["net0","ide2"]}""", "delete=net0%2Cide2")]
    [InlineData("""{"net0":"virtio,bridge=vmbr0"}""", "net0=virtio%2Cbridge%3Dvmbr0")]
    [InlineData("""{"net0":{"model":"virtio","firewall":true,"bridge":"vmbr0","tag":12}}""", "net0=bridge%3Dvmbr0%2Cfirewall%3D1%2Cmodel%3Dvirtio%2Ctag%3D12")]
    [InlineData("""{"boot":{"order":["scsi0","net0"]}}""", "boot=order%3Dscsi0%3Bnet0")]
    public void Fields_are_written_as_the_platform_reads_them(string body, string form)
    {
        var encoded = Encode("PUT", "/nodes/{node}/qemu/{vmid}/config", body)!;

        Assert.Equal(("application/x-www-form-urlencoded", form), (encoded.Type, Encoding.UTF8.GetString(encoded.Bytes.Span)));
    }

    [Fact]
    public void An_array_is_sent_as_repeated_fields() => Assert.Equal(
        "command=cat&command=%2Fetc%2Fos-release",
        Text(Encode("POST", "/nodes/{node}/qemu/{vmid}/agent/exec", """{"command":["cat","/etc/os-release"]}""")));

    [Fact]
    public void An_empty_text_goes_as_json_because_a_form_cannot_say_it()
    {
        var encoded = Encode("POST", "/nodes/{node}/qemu/{vmid}/agent/file-write", """{"file":"/tmp/x","content":""}""")!;

        Assert.Equal("application/json", encoded.Type);
        Assert.Equal("", JsonElement.Parse(encoded.Bytes.Span).GetProperty("content").GetString());
    }

    [Theory]
    [InlineData("POST", "/nodes/{node}/qemu/{vmid}/status/start", "{}")]
    [InlineData("POST", "/nodes/{node}/qemu/{vmid}/agent/fstrim", null)]
    [InlineData("PUT", "/nodes/{node}/qemu/{vmid}/config", """{"description":null}""")]
    public void Nothing_is_sent_where_there_is_nothing(string method, string path, string? body) => Assert.Null(Encode(method, path, body));

    [Theory]
    [InlineData("""{"vmid":"100"}""", "vmid=100&remove=0")]
    [InlineData("""{"vmid":"100","remove":true}""", "vmid=100&remove=1")]
    public void A_backup_prunes_no_older_ones_unasked(string body, string form) => Assert.Equal(form, Text(Encode("POST", "/nodes/{node}/vzdump", body)));

    [Fact]
    public void A_setting_that_would_become_two_is_refused()
    {
        var problem = ProxmoxForm.Problem(Call("PUT", "/nodes/{node}/qemu/{vmid}/config", """{"net0":{"model":"virtio","bridge":"vmbr0,firewall=0"}}"""));

        Assert.Contains("net0.bridge", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"net0":{"model":"virtio","bridge":"vmbr0"},"cores":2}""")]
    [InlineData("""{"boot":{"order":["scsi0","net0"]},"delete":["a,b"],"description":"a, b"}""")]
    public void What_can_be_written_is_not_refused(string body) =>
        Assert.Null(ProxmoxForm.Problem(Call("PUT", "/nodes/{node}/qemu/{vmid}/config", body)));

    [Theory]
    [InlineData("true", "1")]
    [InlineData("false", "0")]
    [InlineData("5", "5")]
    public void A_boolean_of_the_query_is_a_digit(string value, string written) =>
        Assert.Equal(written, ProxmoxForm.QueryValue(JsonElement.Parse(value)).GetRawText());

    [Theory]
    [InlineData("PUT", "/nodes/{node}/qemu/{vmid}/config", """{"description":"x"}""", Access.Write)]
    [InlineData("PUT", "/nodes/{node}/qemu/{vmid}/config", """{"delete":"net0"}""", Access.Dangerous)]
    [InlineData("PUT", "/nodes/{node}/qemu/{vmid}/config", """{"delete":"description"}""", Access.Write)]
    [InlineData("PUT", "/nodes/{node}/qemu/{vmid}/config", """{"scsi0":"local:100/other.qcow2"}""", Access.Dangerous)]
    [InlineData("PUT", "/nodes/{node}/lxc/{vmid}/config", """{"rootfs":"local:1"}""", Access.Dangerous)]
    [InlineData("PUT", "/nodes/{node}/qemu/{vmid}/config", """{"protection":false}""", Access.Dangerous)]
    [InlineData("PUT", "/nodes/{node}/qemu/{vmid}/config", """{"protection":true}""", Access.Write)]
    [InlineData("POST", "/nodes/{node}/qemu/{vmid}/config", """{"args":"-bios x"}""", Access.Dangerous)]
    [InlineData("POST", "/nodes/{node}/qemu", """{"vmid":100,"archive":"nas:backup/x","force":true}""", Access.Dangerous)]
    [InlineData("POST", "/nodes/{node}/qemu", """{"vmid":100,"memory":"2048"}""", Access.Write)]
    [InlineData("POST", "/nodes/{node}/vzdump", """{"vmid":"100","mode":"snapshot"}""", Access.Write)]
    [InlineData("POST", "/nodes/{node}/vzdump", """{"vmid":"100","mode":"stop"}""", Access.Dangerous)]
    [InlineData("POST", "/nodes/{node}/vzdump", """{"all":true}""", Access.Dangerous)]
    [InlineData("POST", "/nodes/{node}/vzdump", """{"vmid":"100,101,102,103,104,105"}""", Access.Dangerous)]
    [InlineData("PUT", "/nodes/{node}/storage/{storage}/content/{volume}", """{"protected":false}""", Access.Dangerous)]
    [InlineData("PUT", "/nodes/{node}/storage/{storage}/content/{volume}", """{"notes":"x"}""", Access.Write)]
    public void Arguments_can_make_a_call_dangerous(string method, string path, string body, Access access)
    {
        var call = Call(method, path, body);

        Assert.Equal(access, ProxmoxEscalation.OfCall(call.Operation, call.Arguments));
    }

    private static EncodedBody? Encode(string method, string path, string? body) => ProxmoxForm.Of(Call(method, path, body));

    private static string Text(EncodedBody? body) => Encoding.UTF8.GetString(body!.Bytes.Span);

    private static Call Call(string method, string path, string? body) => new()
    {
        Backend = "pve",
        Operation = RealSchema.Find(method, path),
        Caller = Caller.LocalUser,
        Arguments = JsonElement.Parse(body is null ? """{"node":"pve1","vmid":100}""" : $$"""{"node":"pve1","vmid":100,"body":{{body}}}"""),
    };
}
