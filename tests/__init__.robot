*** Comments ***
The module on a real node of NethServer 8, as NS8's workflow runs it (.github/workflows/test-module.yml) and as anybody
can with what tests/pythonreq.txt names:

    robot --exclude ui -v NODE_ADDR:node.example.org -v IMAGE_URL:ghcr.io/nethserver/backup-monitor:latest tests/

-v SCENARIO:update first updates an instance of the image with the tag latest to that image. The tag ui is for the
tests that need a browser, and robotframework-browser. The node is changed: an instance is added, mails may be sent to
admin@example.org, and it is removed again.

*** Settings ***
Documentation     Installs the module on a leader node, uses it, and removes it.
Library           SSHLibrary
Suite Setup       Connect to the node
Suite Teardown    Keep the journal and disconnect

*** Variables ***
${NODE_ADDR}      ${EMPTY}
${SSH_KEYFILE}    %{HOME=/root}/.ssh/id_ecdsa

*** Keywords ***
Connect to the node
    Should Not Be Empty    ${NODE_ADDR}    Name the node: -v NODE_ADDR:node.example.org
    Open Connection    ${NODE_ADDR}
    Login With Public Key    root    ${SSH_KEYFILE}
    ${state} =    Execute Command    systemctl is-system-running --wait
    Should Be True    $state in ('running', 'degraded')    The node is ${state}
    ${since} =    Execute Command    date +%s
    Set Suite Variable    ${JOURNAL_BEGIN}    ${since}

Keep the journal and disconnect
    Execute Command    journalctl --since=@${JOURNAL_BEGIN} >/tmp/backup-monitor-journal.log
    Get File    /tmp/backup-monitor-journal.log    ${OUTPUT_DIR}/journal.log
    Close All Connections
