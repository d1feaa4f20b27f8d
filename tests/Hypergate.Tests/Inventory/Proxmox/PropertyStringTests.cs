using Hypergate.Inventory.Proxmox;

namespace Hypergate.Tests.Inventory.Proxmox;

/// <summary>Values of a configuration that hold several.</summary>
public sealed class PropertyStringTests
{
    [Fact]
    public void A_disk_is_a_volume_with_options()
    {
        var disk = PropertyString.Parse("local:100/vm-100-disk-0.qcow2,size=32G,ssd=1,iothread=on");

        Assert.Equal(("local:100/vm-100-disk-0.qcow2", 32L << 30, true, true), (disk.Unnamed, PropertyString.Bytes(disk.Text("size")), disk.Flag("ssd"), disk.Flag("iothread")));
        Assert.Equal(("local", "qcow2"), (ProxmoxConfig.StorageOf(disk.Unnamed), ProxmoxConfig.FormatOf(disk)));
    }

    [Fact]
    public void A_network_card_begins_with_its_model_and_address()
    {
        var nic = PropertyString.Parse("virtio=BC:24:11:00:00:64,bridge=vmbr0,tag=10");

        Assert.Equal((("virtio", "BC:24:11:00:00:64"), "vmbr0", 10L), (nic.First, nic.Text("bridge"), nic.Int("tag")));
    }

    [Theory]
    [InlineData("1", 1L)]
    [InlineData("4K", 4096L)]
    [InlineData("1.5G", 1_610_612_736L)]
    [InlineData("2T", 2_199_023_255_552L)]
    [InlineData("", null)]
    [InlineData("big", null)]
    public void Sizes_are_read_with_their_units(string text, long? bytes) => Assert.Equal(bytes, PropertyString.Bytes(text));

    [Theory]
    [InlineData("scsi0", true)]
    [InlineData("scsihw", false)]
    [InlineData("rootfs", true)]
    [InlineData("mp255", true)]
    [InlineData("net0", false)]
    [InlineData("ide2x", false)]
    public void Only_disks_are_disks(string key, bool isDisk) => Assert.Equal(isDisk, ProxmoxConfig.IsDiskKey(key));
}
