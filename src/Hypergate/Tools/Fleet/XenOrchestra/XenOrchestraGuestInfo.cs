using Hypergate.Inventory;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.XenOrchestra;

/// <summary><c>get_guest_info</c> for a VM: what its guest tools tell.</summary>
internal static class XenOrchestraGuestInfo
{
    public static async Task<FleetAnswer> RunAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        if (guest.Status is not ("running" or "paused"))
        {
            throw new FleetException("wrong_state", $"Guest {request.Room.Words(guest.Label)} is {guest.Status}: only a running guest tells of itself.");
        }

        var vm = await request.Reads(guest.Backend, cached: false).GetAsync("/vms/{id}", [("id", guest.Id)], cancellationToken);
        if (vm.Flag("managementAgentDetected") == false)
        {
            request.Warn("No guest tools were seen in this guest: it tells nothing of itself.");
        }

        request.Warn("Xen Orchestra does not tell users and file systems of a guest.");
        var system = vm.Get("os_version");
        return FleetRequest.Record(guest.Backend, writer =>
        {
            writer.WriteString("backend", guest.Backend.Name);
            writer.WriteString("id", guest.Id);
            writer.WriteString("name", guest.Name);
            writer.WriteString("source", "guest tools");
            writer.WriteString("os", system.Name("name"));
            writer.WriteString("os_id", system.Name("distro"));
            writer.WriteString("kernel", system.Name("uname"));
            writer.WriteString("tools_version", vm.Name("pvDriversVersion"));
            writer.Flag("tools_up_to_date", vm.Flag("pvDriversUpToDate"));
            writer.WriteString("main_address", vm.Name("mainIpAddress"));
            writer.Texts("addresses", vm.Get("addresses") is { ValueKind: System.Text.Json.JsonValueKind.Object } addresses ? addresses.EnumerateObject().Select(static address => address.Value.AsText()).OfType<string>().Distinct(StringComparer.Ordinal) : []);
        });
    }
}
